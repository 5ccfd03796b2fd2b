"""Programs that the makefile and the developers run; none of them is shipped."""
