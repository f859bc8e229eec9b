"""Augment: grey faces as the network sees them in training, turned, moved, lit and covered anew."""

import torch
from torch import Tensor
from torch.nn import functional

from insideout.perception.face.train.network import CENTRE, SPREAD

# Half ranges, drawn evenly: radians, share of the size, of the width to height, of the side.
_TURN, _ZOOM, _STRETCH, _SHIFT = 0.26, 0.16, 0.06, 0.14
_CONTRAST, _BRIGHTNESS = 0.35, 0.5  # in units of SPREAD
_COVERED, _SPECKLED = 0.3, 0.15  # shares of the faces


def seen(pictures: Tensor, side: int) -> Tensor:
    """uint8 (n, 48, 48) as the network's input (n, 1, side, side), not augmented."""
    plain = torch.eye(2, 3).repeat(len(pictures), 1, 1)
    return _sampled(pictures, plain, side)


def augmented(pictures: Tensor, side: int) -> Tensor:
    """The same, each picture changed at random; torch's generator draws."""
    number = len(pictures)
    lit = _sampled(pictures, _turned(number), side)
    lit = (
        lit * (1.0 + _around(number, 1, 1, 1) * _CONTRAST) + _around(number, 1, 1, 1) * _BRIGHTNESS
    )
    for place in torch.where(torch.rand(number) < _COVERED)[0]:
        _cover(lit[place], side)
    speckled = torch.rand(number) < _SPECKLED
    lit[speckled] += torch.randn_like(lit[speckled]) * 0.12
    return lit.to(memory_format=torch.channels_last)


def _around(*shape: int) -> Tensor:
    """Even draws from -1 to 1."""
    return torch.rand(*shape) * 2.0 - 1.0


def _turned(number: int) -> Tensor:
    """Random affine maps, (number, 2, 3); half of them mirrored."""
    turn = _around(number) * _TURN
    zoom = 1.0 + _around(number) * _ZOOM
    mirror = torch.where(torch.rand(number) < 0.5, -1.0, 1.0)
    stretch = 1.0 + _around(number) * _STRETCH
    shift = _around(number, 2) * _SHIFT
    across, down = torch.cos(turn) / zoom, torch.sin(turn) / zoom
    rows = (
        torch.stack([across * mirror * stretch, -down, shift[:, 0]], 1),
        torch.stack([down * mirror, across / stretch, shift[:, 1]], 1),
    )
    return torch.stack(rows, 1)


def _sampled(pictures: Tensor, maps: Tensor, side: int) -> Tensor:
    scaled = (pictures.float()[:, None] - CENTRE) / SPREAD
    grid = functional.affine_grid(maps, [len(pictures), 1, side, side], align_corners=False)
    return functional.grid_sample(
        scaled, grid, mode="bilinear", padding_mode="border", align_corners=False
    )


def _cover(picture: Tensor, side: int) -> None:
    """A grey rectangle of a tenth to four tenths of the side somewhere in (1, side, side)."""
    size = (torch.rand(2) * 0.3 + 0.1) * side
    left, top = (torch.rand(2) * (side - size)).tolist()
    wide, high = size.tolist()
    picture[:, int(top) : int(top + high), int(left) : int(left + wide)] = torch.randn(()) * 0.7
