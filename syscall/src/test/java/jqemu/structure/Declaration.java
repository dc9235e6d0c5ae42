package jqemu.structure;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// A type or method as its source shows it.
///
/// @param name     the simple names of the surrounding types, and its own
/// @param isMethod whether it is a method or constructor with a body
/// @param isApi    whether it and all that surrounds it is public, and no supertype describes it
/// @param hasDoc   whether a documentation comment stands before it
/// @param lines    lines from its first token to its last
record Declaration(String name, boolean isMethod, boolean isApi, boolean hasDoc, long lines) {
    /// The declarations of a file, in the order of the source.
    static List<Declaration> of(CompilationUnitTree unit, DocTrees trees) {
        Scanner scanner = new Scanner(unit, trees);
        scanner.scan(unit, null);
        return scanner.found;
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final List<Declaration> found = new ArrayList<>();
        private String prefix = "";
        private boolean surroundedByPublic = true;
        private boolean inInterface;

        Scanner(CompilationUnitTree unit, DocTrees trees) {
            this.unit = unit;
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
            String outerPrefix = prefix;
            boolean outerPublic = surroundedByPublic;
            boolean outerInterface = inInterface;
            surroundedByPublic &=
                    isPublic(tree.getModifiers()) && !tree.getSimpleName().isEmpty();
            add(prefix + tree.getSimpleName(), tree, false, surroundedByPublic);
            prefix += tree.getSimpleName() + ".";
            inInterface = tree.getKind() == Tree.Kind.INTERFACE || tree.getKind() == Tree.Kind.ANNOTATION_TYPE;
            super.visitClass(tree, null);
            prefix = outerPrefix;
            surroundedByPublic = outerPublic;
            inInterface = outerInterface;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
            boolean overrides = tree.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean isApi = surroundedByPublic && isPublic(tree.getModifiers()) && !overrides && !isMain(tree);
            add(prefix + tree.getName(), tree, true, isApi);
            return super.visitMethod(tree, null);
        }

        private boolean isPublic(ModifiersTree modifiers) {
            return inInterface || modifiers.getFlags().contains(Modifier.PUBLIC);
        }

        private static boolean isMain(MethodTree tree) {
            return tree.getName().contentEquals("main")
                    && tree.getModifiers().getFlags().contains(Modifier.STATIC);
        }

        private void add(String name, Tree tree, boolean isMethod, boolean isApi) {
            long start = trees.getSourcePositions().getStartPosition(unit, tree);
            long end = trees.getSourcePositions().getEndPosition(unit, tree);
            if (end < 0) {
                return; // made by the compiler
            }
            boolean hasDoc = trees.getDocComment(getCurrentPath()) != null;
            long lines =
                    unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) + 1;
            found.add(new Declaration(name, isMethod, isApi, hasDoc, lines));
        }
    }
}
