package org.linkctl.cli.hosts

/** Shell commands for real hosts that have perl: both ends of TCP connections to port 7. */
class Talk {
    private static final String SERVER = '''
        $SIG{CHLD} = "IGNORE";
        my $port = IO::Socket::INET->new(LocalPort => 7, Listen => 64, ReuseAddr => 1) or die "$!";
        while (1) {
            my $talk = $port->accept or next;
            next if fork;
            $talk->autoflush;
            print $talk "$ARGV[0]\\n";
            while (<$talk>) { print $talk $_ }
            exit;
        }'''

    private static final String NAMES = '''
        my ($to, $count) = @ARGV;
        for (1 .. $count) {
            my $talk = IO::Socket::INET->new(PeerAddr => "$to:7", Timeout => 10);
            print $talk ? scalar <$talk> : "nobody: $!\\n";
        }'''

    private static final String LINES = '''
        my ($to, $count, $pause, $length) = @ARGV;
        alarm 120;
        my $talk = IO::Socket::INET->new(PeerAddr => "$to:7", Timeout => 20) or die "$!";
        $talk->autoflush;
        my $name = <$talk>;
        for (1 .. $count) {
            my $line = sprintf("%${length}d\\n", $_);
            print $talk $line;
            my $back = <$talk>;
            defined $back && $back eq $line or die "lost at $_: $!";
            select undef, undef, undef, $pause if $_ < $count;
        }
        print "whole\\n";'''

    /** Tells each connection its name, then everything back; until the host goes. */
    static String server(String name) { "setsid ${perl(SERVER, name)} >/dev/null 2>&1 </dev/null &" }

    /** Makes so many connections, one after the other, and prints who answered each. */
    static String names(String to, int count) { perl(NAMES, to, count) }

    /** Keeps one connection and says so many lines on it, each after the one before came back; prints "whole". */
    static String lines(String to, int count, double pause, int length = 1) { perl(LINES, to, count, pause, length) }

    private static String perl(String program, Object... words) {
        "perl -MIO::Socket::INET -e '$program' ${words.join(' ')}"
    }
}
