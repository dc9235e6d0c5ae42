package jqemu.plugin.cache;

/// Which block of a full set makes room for a new one; the names are the values of the argument `evict`.
enum Eviction {
    /// The one that was used least recently.
    LRU,
    /// The one that came first.
    FIFO,
    /// Any.
    RAND
}
