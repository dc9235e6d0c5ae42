package jqemu.tcg.jvm;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The bytecode of a region as text, for `-d out_asm`.
final class BytecodePrinter {
    private final StringBuilder text = new StringBuilder();
    private final Map<Label, String> names = new HashMap<>();
    private int offset;

    private BytecodePrinter() {}

    /// The text of the method `code` of a class file.
    static String print(byte[] classFile) {
        BytecodePrinter printer = new BytecodePrinter();
        ClassFile.of().parse(classFile).methods().stream()
                .filter(method -> method.methodName().equalsString("code"))
                .flatMap(method -> method.code().stream())
                .forEach(printer::print);
        return printer.text.toString();
    }

    private void print(CodeModel code) {
        for (CodeElement element : code) {
            switch (element) {
                case LabelTarget target -> text.append(name(target.label())).append(":\n");
                case Instruction instruction -> {
                    text.append(String.format(Locale.ROOT, "%6d  ", offset));
                    text.append(instruction.opcode().name().toLowerCase(Locale.ROOT));
                    text.append(operands(instruction)).append('\n');
                    offset += instruction.sizeInBytes();
                }
                default -> {
                    // attributes
                }
            }
        }
    }

    private String operands(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction load -> " " + load.slot();
            case StoreInstruction store -> " " + store.slot();
            case ConstantInstruction constant -> " " + constant.constantValue();
            case BranchInstruction branch -> " " + name(branch.target());
            case InvokeInstruction call -> " " + simpleName(call.owner().asInternalName()) + "." + call.name();
            case InvokeDynamicInstruction call ->
                " 0x" + Long.toHexString((long) call.bootstrapArgs().getFirst());
            case FieldInstruction field -> " " + simpleName(field.owner().asInternalName()) + "." + field.name();
            case LookupSwitchInstruction choice -> {
                StringBuilder cases = new StringBuilder();
                choice.cases()
                        .forEach(each -> cases.append(" 0x")
                                .append(Integer.toHexString(each.caseValue()))
                                .append(": ")
                                .append(name(each.target())));
                yield cases + " default: " + name(choice.defaultTarget());
            }
            default -> "";
        };
    }

    private static String simpleName(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }

    private String name(Label label) {
        return names.computeIfAbsent(label, key -> "L" + names.size());
    }
}
