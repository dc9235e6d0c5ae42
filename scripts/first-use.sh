# Sourced by jqemu-user where the install has no fitting stamp: looks for a JDK 25, builds what is missing, makes
# the AOT cache. Sets jdk, cache and install. Prints one line and exits where the program cannot be run;
# without an AOT cache it runs all the same, so nothing about that is ever printed.

die() {
    printf 'jqemu-user: %s\n' "$1" >&2
    exit 1
}

# The first JDK 25 of: JAVA_HOME, the PATH, the usual folders.
find_jdk() {
    if [ -n "$JAVA_HOME" ] && is_jdk25 "$JAVA_HOME"; then
        jdk=$JAVA_HOME
        return
    fi
    rest=$PATH:
    while [ -n "$rest" ]; do
        folder=${rest%%:*} rest=${rest#*:}
        [ -x "$folder/java" ] || continue
        java=$folder/java
        [ ! -h "$java" ] || java=$(PATH=/usr/bin:/bin readlink -f "$java")
        jdk=${java%/bin/java}
        is_jdk25 "$jdk" && return
    done
    for jdk in /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/jdk* /usr/local/*jdk* "$HOME"/.sdkman/candidates/java/* \
        "$HOME"/.jdks/*; do
        is_jdk25 "$jdk" && return
    done
    die 'no JDK 25 found: install one under /usr/lib/jvm or set JAVA_HOME to it'
}

# Runs the function $1 while holding the lock of this checkout; waits for another holder.
with_lock() {
    (
        PATH=${PATH:+$PATH:}/usr/local/bin:/usr/bin:/bin
        exec </dev/null >>"$log" 2>&1 9>>"$root/target/first-use.lock" || exit
        flock 9 && "$1"
    )
}

is_built() { [ -f "$install/jqemu-user.jar" ] && [ -f "$install/jvm.args" ]; }

# The one command that builds; where the home is read-only Maven keeps its downloads here.
build() {
    is_built && return
    set --
    [ -w "${HOME:-/nonexistent}" ] || set -- -Dmaven.repo.local="$root/target/repository"
    cd "$root" && JAVA_HOME=$jdk mvn -B -Dquick -DskipTests "$@" -pl syscall -am package 9>&-
}

# Made in a folder of its own and then renamed: another process sees a whole cache or none. The JVM that records
# must see the absolute path that later runs use. It runs a guest, so that the cache holds what a start and a first
# signal need; how that guest ends does not matter.
make_cache() {
    install=$(cd -P "$install" && pwd -P) || return
    [ ! -e "$install/aot/stamp" ] || { fresh_stamp && return; }
    rm -rf "$install/aot" "$install/aot.new"
    mkdir -p "$install/aot.new/times"
    for file in "$jdk/release" "$install/jvm.args" "$install/jqemu-user.jar" "$install/lib/"*; do
        touch -r "$file" "$install/aot.new/times/${file##*/}"
    done
    printf '%s\n' "$install" "$jdk" >"$install/aot.new/stamp"
    guest=$root/test-binaries/bin/ctest-glibc
    [ -x "$guest" ] || guest=-version
    "$jdk/bin/java" "@$install/jvm.args" "-XX:AOTCacheOutput=$install/aot.new/jqemu.aot" "-Djqemu.home=$install" -Djqemu.training=true \
        -jar "$install/jqemu-user.jar" "$guest" altstack 9>&-
    if [ -f "$install/aot.new/jqemu.aot" ]; then
        mv "$install/aot.new" "$install/aot"
    else
        : >"$install/aot.failed" # not tried again before the next build
    fi
}

# Another process may have made the cache while this one waited for the lock.
fresh_stamp() {
    { read -r stamped_install && read -r stamped_jdk; } <"$install/aot/stamp"
    cache_fits
}

[ -n "$jdk" ] || find_jdk
log=$root/target/first-use.log
if ! is_built; then
    mkdir -p "$root/target" 2>/dev/null && : 2>/dev/null >"$log" || die "not built, and cannot write $log"
    [ ! -t 2 ] || printf 'jqemu-user: first use, building (log: %s)\n' "$log" >&2
    with_lock build && is_built || die "the build failed: see $log"
fi
if [ -w "$install" ] && [ ! -e "$install/aot.failed" ] && mkdir -p "$root/target" 2>/dev/null && [ -w "$root/target" ]; then
    with_lock make_cache
    [ ! -f "$install/aot/stamp" ] || ! fresh_stamp || { install=$stamped_install cache=$stamped_install/aot/jqemu.aot; }
fi
