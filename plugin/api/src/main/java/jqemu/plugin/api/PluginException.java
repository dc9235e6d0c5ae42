package jqemu.plugin.api;

/// Tells the user why a plugin cannot be installed.
///
/// The program prints the message on one line, without a stack trace, and ends with exit status 1.
///
/// ```java
/// String file = arguments.string("outfile");
/// if (file == null) {
///     throw new PluginException("outfile=PATH is missing");
/// }
/// ```
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Makes an exception for the user.
    ///
    /// @param message one line that says what is wrong
    public PluginException(String message) {
        super(message);
    }

    /// Makes an exception for the user that keeps its cause.
    ///
    /// @param message one line that says what is wrong
    /// @param cause   what happened, for `-d plugin`
    public PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
