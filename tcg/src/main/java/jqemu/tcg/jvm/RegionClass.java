package jqemu.tcg.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The class around a region's code: its constants, call sites and the few methods that every region has.
final class RegionClass {
    private static final String REGION = "jqemu/tcg/jvm/Region";
    private static final String CODE_DESCRIPTOR = "(Ljqemu/tcg/exec/Vcpu;[JJJ)I";
    private static final String CODE_NAME = "code";
    private static final int CODE_ARGUMENT_WORDS = 6;
    private static final int ACC_FINAL_SUPER = 0x30;
    private static final int ACC_PUBLIC = 1;
    private static final int ACC_STATIC = 8;
    private static final int CLASS_FILE_VERSION = 65;
    private static final String OBJECT_TYPE = "Ljava/lang/Object;";

    private final String className;
    private final ConstantPool pool;
    private final List<Object> constants = new ArrayList<>();

    /// Guest addresses that are called; the number of each is that of its bootstrap method.
    private final Map<Long, Integer> callees = new HashMap<>();

    private final List<Long> calleesInOrder = new ArrayList<>();

    RegionClass(String className, ConstantPool pool) {
        this.className = className;
        this.pool = pool;
    }

    /// The objects that the class takes as constants, in order.
    List<Object> constants() {
        return constants;
    }

    /// Pushes `object` as a constant of the class, of the class `internalName`.
    void pushConstant(CodeWriter code, Object object, String internalName) {
        int index = constants.indexOf(object);
        if (index < 0) {
            index = constants.size();
            constants.add(object);
        }
        code.getStatic(className, fieldName(index), OBJECT_TYPE);
        code.checkCast(internalName);
    }

    /// Calls the guest code at `pc` through its [CallLink]; the arguments are on the stack.
    void call(CodeWriter code, long pc) {
        Integer number = callees.get(pc);
        if (number == null) {
            number = calleesInOrder.size();
            callees.put(pc, number);
            calleesInOrder.add(pc);
        }
        code.invokeDynamic(number, CODE_NAME, CODE_DESCRIPTOR);
    }

    /// Calls [Region#run]; the region and the arguments are on the stack.
    static void run(CodeWriter code) {
        code.invokeVirtual(REGION, "run", CODE_DESCRIPTOR);
    }

    private static String fieldName(int index) {
        return "c".concat(Integer.toString(index));
    }

    /// The class file with `code` as the region's code.
    byte[] bytes(CodeWriter code) {
        ByteWriter methods = new ByteWriter();
        constructor(methods);
        forwarder(methods);
        method(methods, ACC_STATIC, CODE_NAME, CODE_DESCRIPTOR, code, CODE_ARGUMENT_WORDS);
        if (!constants.isEmpty()) {
            initializer(methods);
        }
        ByteWriter fields = fields();
        ByteWriter bootstraps = bootstraps();
        int thisClass = pool.classRef(className);
        int superClass = pool.classRef(REGION);
        ByteWriter file = new ByteWriter();
        file.u4(0xcafebabe);
        file.u4(CLASS_FILE_VERSION);
        pool.writeTo(file);
        file.u2(ACC_FINAL_SUPER);
        file.u2(thisClass);
        file.u2(superClass);
        file.u2(0);
        file.u2(constants.size());
        file.append(fields);
        file.u2(constants.isEmpty() ? 3 : 4);
        file.append(methods);
        file.u2(callees.isEmpty() ? 0 : 1);
        file.append(bootstraps);
        return file.toByteArray();
    }

    private ByteWriter fields() {
        ByteWriter fields = new ByteWriter();
        for (int i = 0; i < constants.size(); i++) {
            fields.u2(0x18); // static final: C2 trusts it
            fields.u2(pool.utf8(fieldName(i)));
            fields.u2(pool.utf8(OBJECT_TYPE));
            fields.u2(0);
        }
        return fields;
    }

    private ByteWriter bootstraps() {
        ByteWriter attribute = new ByteWriter();
        if (callees.isEmpty()) {
            return attribute;
        }
        int handle = pool.staticHandle(
                "jqemu/tcg/jvm/CallLinks",
                "bootstrap",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;J)"
                        + "Ljava/lang/invoke/CallSite;");
        attribute.u2(pool.utf8("BootstrapMethods"));
        attribute.u4(2 + 6 * calleesInOrder.size());
        attribute.u2(calleesInOrder.size());
        for (long callee : calleesInOrder) {
            attribute.u2(handle);
            attribute.u2(1);
            attribute.u2(pool.longValue(callee));
        }
        return attribute;
    }

    private void constructor(ByteWriter methods) {
        CodeWriter body = new CodeWriter(pool);
        body.aload(0);
        body.invoke(Bytecode.INVOKESPECIAL, REGION, "<init>", "()V", 1, 0);
        body.op(Bytecode.RETURN, 0);
        method(methods, 0, "<init>", "()V", body, 1);
    }

    /// `run`, for callers that look the region up.
    private void forwarder(ByteWriter methods) {
        CodeWriter body = new CodeWriter(pool);
        body.aload(1);
        body.aload(2);
        body.lload(3);
        body.lload(5);
        body.invokeStatic(className, CODE_NAME, CODE_DESCRIPTOR);
        body.op(Bytecode.IRETURN, -1);
        method(methods, ACC_PUBLIC, "run", CODE_DESCRIPTOR, body, CODE_ARGUMENT_WORDS + 1);
    }

    private void initializer(ByteWriter methods) {
        CodeWriter body = new CodeWriter(pool);
        for (int i = 0; i < constants.size(); i++) {
            body.pushInt(i);
            body.invokeStatic("jqemu/tcg/jvm/RegionCompiler", "constant", "(I)Ljava/lang/Object;");
            body.putStatic(className, fieldName(i), OBJECT_TYPE);
        }
        body.op(Bytecode.RETURN, 0);
        method(methods, ACC_STATIC, "<clinit>", "()V", body, 0);
    }

    private void method(ByteWriter target, int access, String name, String descriptor, CodeWriter body, int arguments) {
        ByteWriter attribute = new ByteWriter();
        body.writeTo(attribute, arguments);
        target.u2(access);
        target.u2(pool.utf8(name));
        target.u2(pool.utf8(descriptor));
        target.u2(1);
        target.append(attribute);
    }
}
