package jqemu.loader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips a test, visibly, on a machine for which there is no native host library.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNativeHost.Condition.class)
public @interface NeedsNativeHost {
    /// Looks for the library.
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
            return machine.equals("Linux amd64") || machine.equals("Linux aarch64")
                    ? ConditionEvaluationResult.enabled("there is a host library for " + machine)
                    : ConditionEvaluationResult.disabled("no host library for " + machine);
        }
    }
}
