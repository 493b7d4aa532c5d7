"""The pages, one package per family: what a person sees and what it links to.

A view unpacks the request, calls a service and hands a *view model* to a template; templates hold
no logic beyond loops and no text that is not translated.
"""
