"""A papermill engine that has a clean warm child ready for each notebook.

===============  =====================================================================================
``wire``         frames and open files over a socket
``preload``      what a warm process imports
``zygote``       the warm process: imports, never runs user code, forks a child for each notebook
``spawned``      if forking is not safe: a new interpreter that warms up for one notebook
``birth``        the life of a child: folder, environment, memory bound; then a kernel, or a helper that calls a
                 function of this package while the command goes on
``kernel``       the kernel in a child: ipykernel's own, with messages over one socket
``frames``       in a child: tracebacks without the code that only children have
``charts``       in a child: passes calls of vl-convert to a warm renderer, unless the picture is kept
``renderer``     the process that renders charts
``children``     in the process of papermill: a child as seen from there
``forked``       starts the zygote (in a new interpreter, or as a fork of the command) and asks it for children
``spawning``     starts new interpreters ahead of their notebooks
``control``      decides between forking and new interpreters on this machine
``early``        starts the warm process before it is known which notebooks will run
``client``       nbclient's view of a child: takes the place of kernel manager and kernel client
``engine``       the papermill engine
===============  =====================================================================================
"""
