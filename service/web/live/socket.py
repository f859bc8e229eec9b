"""The socket between a browser's camera and microphone and the guest's measurement."""

from fastapi import APIRouter

from insideout.service.web.site import Site


def router(site: Site) -> APIRouter:
    """The routes of the live measurement."""
    del site
    return APIRouter()
