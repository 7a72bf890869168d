package org.linkctl.modules.linux.firezone;

import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.firezonefiles.Versions;

/**
 * The unit of the gateway. What the gateway needs is CAP_NET_ADMIN, /dev/net/tun, a readable resolv.conf and a folder of its
 * own; everything else is taken from it (systemd.exec(5), "SANDBOXING").
 */
final class FirezoneUnit {
    /** The user is made when the service starts and is gone when it ends: nothing else on the host is that user's. */
    static final String TEXT = OurFiles.MARK + "\n"
            + """
            [Unit]
            Description=Firezone gateway, kept by linkctl
            After=network-online.target linkctl-firezone-nat.service modprobe@tun.service
            Wants=network-online.target linkctl-firezone-nat.service modprobe@tun.service
            StartLimitIntervalSec=0

            [Service]
            Type=exec
            DynamicUser=yes
            User=firezone
            ExecStartPre=+%2$s note
            ExecStart=%1$s
            LoadCredential=FIREZONE_TOKEN:%3$s
            EnvironmentFile=%4$s/env
            Restart=always
            RestartSec=2
            TimeoutStopSec=15
            StateDirectory=firezone
            StateDirectoryMode=0700
            UMask=0077

            AmbientCapabilities=CAP_NET_ADMIN
            CapabilityBoundingSet=CAP_NET_ADMIN
            NoNewPrivileges=yes
            DevicePolicy=closed
            DeviceAllow=/dev/net/tun rw
            ProtectSystem=strict
            ProtectHome=yes
            PrivateTmp=yes
            ProtectClock=yes
            ProtectHostname=yes
            ProtectControlGroups=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            ProtectProc=invisible
            RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            LockPersonality=yes
            MemoryDenyWriteExecute=yes
            KeyringMode=private
            RemoveIPC=yes
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged @resources
            SystemCallErrorNumber=EPERM
            LimitNOFILE=4096
            LimitCORE=0
            MemoryMax=1G
            TasksMax=512

            [Install]
            WantedBy=multi-user.target
            """.formatted(
                    Versions.LINK, FirezoneService.PROGRAM, FirezoneService.TOKEN, FirezoneService.CONFIGURATION);

    private FirezoneUnit() {}
}
