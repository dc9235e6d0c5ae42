package jqemu.loader.image;

/// The identities that the auxiliary vector tells the guest.
///
/// @param uid the real user
/// @param euid the effective user
/// @param gid the real group
/// @param egid the effective group
public record Credentials(int uid, int euid, int gid, int egid) {
    /// {@return whether the program runs with rights that its caller lacks, for `AT_SECURE`}
    public boolean isPrivileged() {
        return uid != euid || gid != egid;
    }
}
