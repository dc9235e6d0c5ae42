/// ELF files, the guest's address space and the host seam: all that knows host memory and the host kernel.
@org.jspecify.annotations.NullMarked
module jqemu.loader {
    requires static org.jspecify;
    requires net.fornwall.jelf;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires org.jnrproject.posix;
    requires org.jnrproject.ffi;
    requires org.jnrproject.constants;

    exports jqemu.loader.elf;
    exports jqemu.loader.image;
    exports jqemu.loader.host;
    exports jqemu.loader.memory;
}
