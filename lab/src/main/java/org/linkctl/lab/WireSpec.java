package org.linkctl.lab;

/**
 * One wire between two hosts.
 *
 * @param a one end
 * @param b the other end; for hosts on a switch, the switch
 */
public record WireSpec(End a, End b) {
    /**
     * One end of a wire.
     *
     * @param host the host's name
     * @param nic its interface, eth1 to eth15; vtnet1 to vtnet15 on FreeBSD
     */
    public record End(String host, String nic) {
        /** Refuses an interface that the lab does not hand out. */
        public End {
            if (!nic.matches("(eth|vtnet)([1-9]|1[0-5])")) {
                throw new LabException("\"" + nic + "\" of " + host
                        + " cannot take a wire: use eth1 to eth15, on FreeBSD vtnet1 to vtnet15");
            }
        }

        /** What its name has before the number. */
        String driver() {
            return nic.replaceFirst("[0-9]+$", "");
        }

        /**
         * The interface's number.
         *
         * @return 1 to 15
         */
        public int number() {
            return Integer.parseInt(nic.substring(driver().length()));
        }
    }

    /**
     * A wire between two named interfaces.
     *
     * @param hostA one host
     * @param nicA its interface
     * @param hostB the other host
     * @param nicB its interface
     * @return the wire
     */
    public static WireSpec wire(String hostA, String nicA, String hostB, String nicB) {
        return new WireSpec(new End(hostA, nicA), new End(hostB, nicB));
    }

    /**
     * Both ends.
     *
     * @return a, then b
     */
    public java.util.List<End> ends() {
        return java.util.List.of(a, b);
    }
}
