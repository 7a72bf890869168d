## A service that daemon(8) keeps running; rc.subr(8) finds its process by these.
pidfile=/var/run/$name.pid
procname=/usr/sbin/daemon
command=/usr/sbin/daemon
