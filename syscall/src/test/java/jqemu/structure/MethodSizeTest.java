package jqemu.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// HotSpot never compiles a method of more than 8,000 bytes of bytecode; generated sources grow into that unnoticed.
@Tag("structure")
class MethodSizeTest {
    private static final int LARGEST = 6000;

    @Test
    void everyMethodIsWithinReachOfTheCompilers() throws IOException {
        List<String> tooLarge = new ArrayList<>();
        int methods = 0;
        for (Path folder : Repository.classFolders()) {
            for (Path file : Repository.filesBelow(folder, ".class")) {
                ClassModel model = ClassFile.of().parse(file);
                for (MethodModel method : model.methods()) {
                    methods++;
                    int size = bytes(method);
                    if (size > LARGEST) {
                        tooLarge.add(model.thisClass().asInternalName() + "."
                                + method.methodName().stringValue() + ": " + size + " bytes");
                    }
                }
            }
        }
        assertTrue(methods > 1000, methods + " methods found in " + Repository.classFolders());
        assertEquals(List.of(), tooLarge);
    }

    private static int bytes(MethodModel method) {
        return method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
    }
}
