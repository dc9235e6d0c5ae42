package jqemu.syscall.strace;

/// Names of flags and other numbers in QEMU's spelling and order: `NAME=hex NAME=hex ...`. A number with a
/// mask, `NAME=hex:mask`, is compared with the bits of the mask.
final class FlagNames {
    /// Of open(2), without the access mode.
    static final String OPEN = "O_APPEND=400 O_CREAT=40 O_DIRECTORY=4000 O_EXCL=80 O_LARGEFILE=20000 O_NOCTTY=100 "
            + "O_NOFOLLOW=8000 O_NONBLOCK=800 O_DSYNC=1000 __O_SYNC=100000 O_TRUNC=200 O_DIRECT=10000 "
            + "O_NOATIME=40000 O_CLOEXEC=80000 O_PATH=200000 __O_TMPFILE=400000";

    /// Of the `*at` calls.
    static final String AT = "AT_EACCESS=200 AT_SYMLINK_NOFOLLOW=100";

    /// Of unlinkat(2).
    static final String UNLINK = "AT_REMOVEDIR=200";

    /// Of access(2).
    static final String ACCESS = "F_OK=0:7 R_OK=4 W_OK=2 X_OK=1";

    /// Of fallocate(2).
    static final String FALLOCATE = "FALLOC_FL_KEEP_SIZE=1 FALLOC_FL_PUNCH_HOLE=2 FALLOC_FL_NO_HIDE_STALE=4 "
            + "FALLOC_FL_COLLAPSE_RANGE=8 FALLOC_FL_ZERO_RANGE=10 FALLOC_FL_INSERT_RANGE=20 "
            + "FALLOC_FL_UNSHARE_RANGE=40";

    /// Of statx(2): flags.
    static final String STATX_FLAGS = "AT_EMPTY_PATH=1000 AT_NO_AUTOMOUNT=800 AT_SYMLINK_NOFOLLOW=100 "
            + "AT_STATX_SYNC_AS_STAT=0:6000 AT_STATX_FORCE_SYNC=2000:6000 AT_STATX_DONT_SYNC=4000:6000";

    /// Of statx(2): mask.
    static final String STATX_MASK = "STATX_ALL=fff STATX_TYPE=1 STATX_MODE=2 STATX_NLINK=4 STATX_UID=8 STATX_GID=10 "
            + "STATX_ATIME=20 STATX_MTIME=40 STATX_CTIME=80 STATX_INO=100 STATX_SIZE=200 STATX_BLOCKS=400 "
            + "STATX_BTIME=800";

    /// Of umount2(2).
    static final String UMOUNT = "MNT_FORCE=1 MNT_DETACH=2 MNT_EXPIRE=4";

    /// Of mount(2).
    static final String MOUNT = "MS_BIND=1000 MS_DIRSYNC=80 MS_MANDLOCK=40 MS_MOVE=2000 MS_NOATIME=400 MS_NODEV=4 "
            + "MS_NODIRATIME=800 MS_NOEXEC=8 MS_NOSUID=2 MS_RDONLY=1 MS_RELATIME=200000 MS_REMOUNT=20 "
            + "MS_SYNCHRONOUS=10";

    /// Of send(2) and recv(2).
    static final String MSG =
            "MSG_CONFIRM=800 MSG_DONTROUTE=4 MSG_DONTWAIT=40 MSG_EOR=80 MSG_MORE=8000 MSG_NOSIGNAL=4000 "
                    + "MSG_OOB=1 MSG_CMSG_CLOEXEC=40000000 MSG_ERRQUEUE=2000 MSG_PEEK=2 MSG_TRUNC=20 "
                    + "MSG_WAITALL=100 MSG_CTRUNC=8";

    /// Of mlockall(2).
    static final String MLOCKALL = "MCL_CURRENT=1 MCL_FUTURE=2 MCL_ONFAULT=4";

    /// Of mmap(2).
    static final String MAP =
            "MAP_SHARED=1:f MAP_PRIVATE=2:f MAP_SHARED_VALIDATE=3:f MAP_ANONYMOUS=20 MAP_DENYWRITE=800 "
                    + "MAP_EXECUTABLE=1000 MAP_FIXED=10 MAP_FIXED_NOREPLACE=100000 MAP_GROWSDOWN=100 "
                    + "MAP_HUGETLB=40000 MAP_LOCKED=2000 MAP_NONBLOCK=10000 MAP_NORESERVE=4000 MAP_POPULATE=8000 "
                    + "MAP_STACK=20000 MAP_SYNC=80000 MAP_UNINITIALIZED=4000000";

    /// Of mmap(2): protections.
    static final String PROT = "PROT_NONE=0:7 PROT_EXEC=4 PROT_READ=1 PROT_WRITE=2 PROT_SEM=8 PROT_GROWSDOWN=1000000 "
            + "PROT_GROWSUP=2000000";

    /// Of clone(2).
    static final String CLONE = "CLONE_VM=100 CLONE_FS=200 CLONE_FILES=400 CLONE_SIGHAND=800 CLONE_PTRACE=2000 "
            + "CLONE_VFORK=4000 CLONE_PARENT=8000 CLONE_THREAD=10000 CLONE_NEWNS=20000 "
            + "CLONE_SYSVSEM=40000 CLONE_SETTLS=80000 CLONE_PARENT_SETTID=100000 "
            + "CLONE_CHILD_CLEARTID=200000 CLONE_DETACHED=400000 CLONE_UNTRACED=800000 "
            + "CLONE_CHILD_SETTID=1000000 CLONE_NEWUTS=4000000 CLONE_NEWIPC=8000000 "
            + "CLONE_NEWUSER=10000000 CLONE_NEWPID=20000000 CLONE_NEWNET=40000000 CLONE_IO=80000000";

    /// Of futex(2): operations.
    static final String FUTEX =
            "FUTEX_WAIT=0 FUTEX_WAKE=1 FUTEX_FD=2 FUTEX_REQUEUE=3 FUTEX_CMP_REQUEUE=4 FUTEX_WAKE_OP=5 "
                    + "FUTEX_LOCK_PI=6 FUTEX_UNLOCK_PI=7 FUTEX_TRYLOCK_PI=8 FUTEX_WAIT_BITSET=9 "
                    + "FUTEX_WAKE_BITSET=a FUTEX_WAIT_REQUEUE_PI=b FUTEX_CMP_REQUEUE_PI=c FUTEX_LOCK_PI2=d";

    /// Of lseek(2).
    static final String WHENCE = "SEEK_SET=0 SEEK_CUR=1 SEEK_END=2 SEEK_DATA=3 SEEK_HOLE=4";

    /// Of clocks.
    static final String CLOCK =
            "CLOCK_REALTIME=0 CLOCK_MONOTONIC=1 CLOCK_PROCESS_CPUTIME_ID=2 CLOCK_THREAD_CPUTIME_ID=3 "
                    + "CLOCK_MONOTONIC_RAW=4 CLOCK_REALTIME_COARSE=5 CLOCK_MONOTONIC_COARSE=6 CLOCK_BOOTTIME=7 "
                    + "CLOCK_REALTIME_ALARM=8 CLOCK_BOOTTIME_ALARM=9 CLOCK_SGI_CYCLE=a CLOCK_TAI=b";

    /// Of getitimer(2).
    static final String TIMER = "ITIMER_REAL=0 ITIMER_VIRTUAL=1 ITIMER_PROF=2";

    /// Of resource limits.
    static final String RLIMIT = "RLIMIT_CPU=0 RLIMIT_FSIZE=1 RLIMIT_DATA=2 RLIMIT_STACK=3 RLIMIT_CORE=4 RLIMIT_RSS=5 "
            + "RLIMIT_NPROC=6 RLIMIT_NOFILE=7 RLIMIT_MEMLOCK=8 RLIMIT_AS=9 RLIMIT_LOCKS=a "
            + "RLIMIT_SIGPENDING=b RLIMIT_MSGQUEUE=c RLIMIT_NICE=d RLIMIT_RTPRIO=e";

    /// Of signals.
    static final String SIGNAL = "SIGHUP=1 SIGINT=2 SIGQUIT=3 SIGILL=4 SIGTRAP=5 SIGIOT=6 SIGBUS=7 SIGFPE=8 SIGKILL=9 "
            + "SIGUSR1=a SIGSEGV=b SIGUSR2=c SIGPIPE=d SIGALRM=e SIGTERM=f SIGSTKFLT=10 SIGCHLD=11 "
            + "SIGCONT=12 SIGSTOP=13 SIGTSTP=14 SIGTTIN=15 SIGTTOU=16 SIGURG=17 SIGXCPU=18 SIGXFSZ=19 "
            + "SIGVTALRM=1a SIGPROF=1b SIGWINCH=1c SIGIO=1d SIGPWR=1e SIGSYS=1f";

    /// Of sigprocmask(2).
    static final String SIGMASK_HOW = "SIG_BLOCK=0 SIG_UNBLOCK=1 SIG_SETMASK=2";

    /// Of madvise(2).
    static final String ADVICE =
            "MADV_NORMAL=0 MADV_RANDOM=1 MADV_SEQUENTIAL=2 MADV_WILLNEED=3 MADV_DONTNEED=4 MADV_FREE=8 "
                    + "MADV_REMOVE=9 MADV_DONTFORK=a MADV_DOFORK=b MADV_MERGEABLE=c MADV_UNMERGEABLE=d "
                    + "MADV_HUGEPAGE=e MADV_NOHUGEPAGE=f MADV_DONTDUMP=10 MADV_DODUMP=11 MADV_WIPEONFORK=12 "
                    + "MADV_KEEPONFORK=13 MADV_COLD=14 MADV_PAGEOUT=15 MADV_POPULATE_READ=16 "
                    + "MADV_POPULATE_WRITE=17 MADV_DONTNEED_LOCKED=18";

    /// Of fcntl(2): commands.
    static final String FCNTL = "F_DUPFD=0 F_GETFD=1 F_SETFD=2 F_GETFL=3 F_SETFL=4 F_GETLK=5 F_SETLK=6 F_SETLKW=7 "
            + "F_SETOWN=8 F_GETOWN=9 F_SETSIG=a F_GETSIG=b F_SETOWN_EX=f F_GETOWN_EX=10 F_OFD_GETLK=24 "
            + "F_OFD_SETLK=25 F_OFD_SETLKW=26 F_SETLEASE=400 F_GETLEASE=401 F_NOTIFY=402 "
            + "F_DUPFD_CLOEXEC=406 F_SETPIPE_SZ=407 F_GETPIPE_SZ=408 F_ADD_SEALS=409 F_GET_SEALS=40a";

    /// Of ioctl(2): requests; `!` marks one without an argument, `#` one whose argument is a number.
    static final String IOCTL =
            "TCGETS=5401 TCSETS=5402 TCSETSW=5403 TCSETSF=5404 TCGETA=5405 TCSETA=5406 TCSETAW=5407 "
                    + "TCSETAF=5408 TCSBRK#=5409 TCXONC#=540a TCFLSH#=540b TIOCEXCL!=540c TIOCNXCL!=540d "
                    + "TIOCSCTTY#=540e TIOCGPGRP=540f TIOCSPGRP=5410 TIOCOUTQ=5411 TIOCSTI=5412 TIOCGWINSZ=5413 "
                    + "TIOCSWINSZ=5414 TIOCMGET=5415 TIOCMBIS=5416 TIOCMBIC=5417 TIOCMSET=5418 TIOCGSOFTCAR=5419 "
                    + "TIOCSSOFTCAR=541a FIONREAD=541b TIOCLINUX=541c TIOCCONS!=541d TIOCGSERIAL=541e "
                    + "TIOCSSERIAL=541f TIOCPKT=5420 FIONBIO=5421 TIOCNOTTY!=5422 TIOCSETD=5423 TIOCGETD=5424 "
                    + "TCSBRKP#=5425 TIOCGSID=5429 TIOCGPTPEER#=5441 FIONCLEX!=5450 FIOCLEX!=5451 FIOASYNC=5452 "
                    + "TIOCSERCONFIG!=5453 TIOCGLCKTRMIOS=5456 TIOCSLCKTRMIOS=5457 TIOCSERGETLSR=5459 "
                    + "TIOCSERGETMULTI=545a TIOCSERSETMULTI=545b TIOCMIWAIT#=545c TIOCGICOUNT=545d";

    /// Of shmat(2).
    static final String SHM = "SHM_RND=2000 SHM_REMAP=4000 SHM_RDONLY=1000 SHM_EXEC=8000";

    /// Of semctl(2): QEMU has one table for all three kinds of System V objects, and prints the first name that
    /// fits.
    static final String IPC_COMMAND = "IPC_RMID=0 IPC_SET=1 IPC_STAT=2 IPC_INFO=3 MSG_STAT=b MSG_INFO=c SHM_STAT=d "
            + "SHM_INFO=e GETZCNT=f SETVAL=10 SETALL=11 SEM_STAT=12 SEM_INFO=13";

    /// Of socket(2): domains.
    static final String SOCKET_DOMAIN = "PF_UNIX=1 PF_INET=2 PF_NETLINK=10 PF_PACKET=11";

    /// Of socket(2): types, without flags.
    static final String SOCKET_TYPE = "SOCK_STREAM=1 SOCK_DGRAM=2 SOCK_RAW=3 SOCK_RDM=4 SOCK_SEQPACKET=5 SOCK_PACKET=a";

    /// Of socket(2): protocols of most domains.
    static final String SOCKET_PROTOCOL = "IPPROTO_IP=0 IPPROTO_TCP=6 IPPROTO_UDP=11 IPPROTO_RAW=ff";

    /// Of socket(2): protocols of packet sockets.
    static final String PACKET_PROTOCOL = "ETH_P_ALL=3";

    /// Of socket(2): protocols of netlink sockets.
    static final String NETLINK_PROTOCOL =
            "NETLINK_ROUTE=0 NETLINK_UNUSED=1 NETLINK_USERSOCK=2 NETLINK_FIREWALL=3 NETLINK_SOCK_DIAG=4 NETLINK_NFLOG=5 "
                    + "NETLINK_XFRM=6 NETLINK_SELINUX=7 NETLINK_ISCSI=8 NETLINK_AUDIT=9 NETLINK_FIB_LOOKUP=a "
                    + "NETLINK_CONNECTOR=b NETLINK_NETFILTER=c NETLINK_IP6_FW=d NETLINK_DNRTMSG=e "
                    + "NETLINK_KOBJECT_UEVENT=f NETLINK_GENERIC=10 NETLINK_SCSITRANSPORT=12 NETLINK_ECRYPTFS=13 "
                    + "NETLINK_RDMA=14 NETLINK_CRYPTO=15 NETLINK_SMC=16";

    /// Of packet sockets' addresses.
    static final String PACKET_KIND =
            "PACKET_HOST=0 PACKET_BROADCAST=1 PACKET_MULTICAST=2 PACKET_OTHERHOST=3 PACKET_OUTGOING=4";

    /// Of `si_code`: how a signal was sent.
    static final String SIGNAL_CODE = "SI_USER=0 SI_KERNEL=80 SI_QUEUE=ffffffff SI_TIMER=fffffffe SI_MESGQ=fffffffd "
            + "SI_ASYNCIO=fffffffc SI_SIGIO=fffffffb SI_TKILL=fffffffa";

    private FlagNames() {}

    /// {@return the name of exactly this number in a table, or an empty string}
    static String of(String table, int number) {
        String value = Integer.toHexString(number);
        for (int at = 0; at < table.length(); ) {
            int equals = table.indexOf('=', at);
            int space = table.indexOf(' ', equals);
            int end = space < 0 ? table.length() : space;
            if (end - equals - 1 == value.length() && table.startsWith(value, equals + 1)) {
                return table.substring(at, equals);
            }
            at = end + 1;
        }
        return "";
    }
}
