package jqemu.plugin.api;

/// A plugin: code that watches a guest program.
///
/// A plugin is a class with a public constructor without parameters, in a jar whose file
/// `META-INF/services/jqemu.plugin.api.Plugin` names it, and it alone. One object is made for each jar that is asked
/// for with `-plugin FILE.jar[,name=value...]`.
///
/// ```java
/// public final class InsnCount implements Plugin {
///     @Override
///     public int apiVersion() {
///         return PluginApi.VERSION;
///     }
///
///     @Override
///     public void install(PluginContext context, PluginArguments arguments) {
///         boolean inline = arguments.flag("inline", false);
///         ScoreboardU64 insns = context.newScoreboard();
///         context.onTranslate(block -> {
///             for (int i = 0; i < block.size(); i++) {
///                 Instruction insn = block.instruction(i);
///                 if (inline) {
///                     insn.inlineAdd(insns, 1);
///                 } else {
///                     insn.onExecute(vcpu -> insns.add(vcpu, 1));
///                 }
///             }
///         });
///         context.onExit(() -> context.print("total insns: " + insns.sum() + "\n"));
///     }
/// }
/// ```
///
/// **Threads.** [#install] runs once, before the guest starts; callbacks run on the guest's threads, in parallel and
/// without a lock. Scoreboards are the tool for counting: each vCPU has cells of its own.
///
/// **Errors.** An exception that leaves a callback ends the run: it is reported with the plugin's name, the callback
/// and the guest's pc, and the exit status is 1. The guest's memory and other plugins are not touched.
///
/// Mirrors `qemu_plugin_version` and `qemu_plugin_install`.
public interface Plugin {
    /// The API version that this plugin was built against: implement it as `return PluginApi.VERSION;`.
    ///
    /// Called once, before [#install]. A version outside of [PluginApi#MIN_VERSION] to [PluginApi#VERSION] makes
    /// the program refuse the plugin; so does a class that lacks this method.
    ///
    /// @return the value that [PluginApi#VERSION] had at compile time
    int apiVersion();

    /// Reads the arguments and registers callbacks.
    ///
    /// The guest is not loaded yet: ask for its path and addresses in a callback.
    ///
    /// @param context   the way to everything else; it may be kept
    /// @param arguments the `name=value` pairs of the command line; they may be kept
    /// @throws PluginException with a message for the user when the plugin cannot work; the exit status is 1
    void install(PluginContext context, PluginArguments arguments);
}
