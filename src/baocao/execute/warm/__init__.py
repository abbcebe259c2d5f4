"""A papermill engine that has a clean warm child ready for each notebook.

===============  =====================================================================================
``wire``         frames and open files over a socket
``preload``      what a warm process imports
``zygote``       the warm process: imports, never runs user code, forks a child for each notebook
``spawned``      where forking is not safe: a new interpreter that warms up for one notebook
``birth``        a child, from there to its end: folder, environment, bound of memory; a kernel, or a helper that calls
                 a function of this package while the command goes on
``kernel``       what a child then is: ipykernel's own kernel, its messages over one socket
``frames``       in a child: errors without the code that stands between there
``charts``       in a child: calls of vl-convert go to a warm renderer, unless what they draw is kept
``renderer``     the process that renders charts
``children``     in the process of papermill: a child as seen from there
``forked``       starts the zygote (in an interpreter of its own, or as a fork of the command), asks it for children
``spawning``     starts new interpreters ahead of their notebooks
``control``      which of the two it is on this machine
``early``        starts it before it is known which notebooks will run
``client``       nbclient's view of a child: stands in for kernel manager and kernel client
``engine``       the papermill engine
===============  =====================================================================================
"""
