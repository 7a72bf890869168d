fabric('x') { }
fabric('y z') { }
