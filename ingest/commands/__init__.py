"""The verbs of the command line, one module each: parse arguments, call one function, print, return an exit code."""
