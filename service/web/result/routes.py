"""Where a saved result is fetched from."""

from fastapi import APIRouter

from insideout.service.web.site import Site


def router(site: Site) -> APIRouter:
    """The routes of saved results."""
    del site
    return APIRouter()
