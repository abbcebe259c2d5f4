"""A papermill engine that forks one clean child a notebook from a warm process.

===============  =====================================================================================
``wire``         frames and open files over a socket
``zygote``       the warm process: imports, never runs user code, forks a child for each notebook
``kernel``       what a child does: ipykernel's own kernel, its messages over one socket
``charts``       in a child: calls of vl-convert go to a warm renderer
``renderer``     the process that renders charts
``control``      in the process of papermill: starts the zygote, asks it for children
``client``       nbclient's view of a child: stands in for kernel manager and kernel client
``engine``       the papermill engine
===============  =====================================================================================
"""
