"""Home."""

from django.http import HttpResponse
from django.shortcuts import render

from .http import Request


def home(request: Request) -> HttpResponse:
    """What is waiting for me today."""
    return render(request, "home.html")
