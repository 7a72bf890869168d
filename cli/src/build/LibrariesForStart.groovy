// Rewrites two libraries in target/lib, in place, so that linkctl starts fast. What linkctl gets from them is the same.
// Run by gmavenplus:execute in the phase package.
//
// picocli: its class files are older than version 50, of which an AOT cache takes none (JDK-8272331), so that they would
// be read and verified at each start. They get a newer version, with stack maps (JVMS 4.10.1). And it looks up Groovy's
// closures, for commands that are written in Groovy, which initializes Groovy's runtime even for --help: it finds none,
// as where there is no Groovy. And it reads the annotations of all methods of a command, for subcommands; linkctl has
// none that are methods.
//
// Groovy: each object makes its metaclass when it is created, and map and list literals go through a class that needs the
// registry of metaclasses, which reads all of Groovy's methods once. A script that is compiled statically asks for no
// metaclass: it is made when somebody does.
import static java.lang.constant.ConstantDescs.CD_Object
import static java.lang.constant.ConstantDescs.CD_void
import static java.lang.constant.ConstantDescs.MTD_void

import groovy.transform.Field
import java.lang.classfile.ClassFile
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption
import java.lang.classfile.ClassFile.StackMapsOption
import java.lang.classfile.ClassFileVersion
import java.lang.classfile.ClassHierarchyResolver
import java.lang.classfile.ClassTransform
import java.lang.classfile.CodeTransform
import java.lang.classfile.MethodModel
import java.lang.classfile.Opcode
import java.lang.constant.ClassDesc
import java.lang.constant.MethodTypeDesc
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.zip.ZipEntry
import java.util.zip.ZipFile
import java.util.zip.ZipOutputStream

@Field String MARK = 'rewritten for linkctl'
@Field ClassDesc HELPER = ClassDesc.of('org.codehaus.groovy.runtime.InvokerHelper')

/** Methods whose code was replaced. */
@Field Set<String> REPLACED = []

/** Replaces the code of methods: by name, a closure that is given a CodeBuilder. */
ClassTransform withBodies(Map<String, Closure> bodies) {
    { builder, element ->
        def body = element instanceof MethodModel ? bodies[element.methodName().stringValue()] : null
        if (body) REPLACED << element.methodName().stringValue()
        if (body) builder.withMethodBody(element.methodName(), element.methodType(), element.flags().flagsMask(), body)
        else builder.with(element)
    }
}

/** @param methods whose code is replaced: each has to be there, or the library is another than this was written for */
void rewrite(String library, List<String> methods, Closure<byte[]> change) {
    Path jar = Files.list(Path.of(project.build.directory, 'lib')).withCloseable { all ->
        all.filter { it.fileName.toString() ==~ library }.findFirst().orElseThrow()
    }
    if (new ZipFile(jar.toFile()).withCloseable { it.comment } == MARK) return
    Path fresh = jar.resolveSibling(jar.fileName.toString() + '.new')
    def loader = new URLClassLoader([jar.toUri().toURL()] as URL[])
    def types = ClassHierarchyResolver.ofResourceParsing(loader)
    def files = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(types.orElse(ClassHierarchyResolver.defaultResolver())))
    REPLACED.clear()
    try (def opened = loader; def zip = new ZipFile(jar.toFile()); def out = new ZipOutputStream(Files.newOutputStream(fresh))) {
        out.comment = MARK
        for (entry in zip.entries()) {
            def copy = new ZipEntry(entry.name)
            copy.time = entry.time
            out.putNextEntry(copy)
            out.write(change(entry.name, zip.getInputStream(entry).readAllBytes(), files))
            out.closeEntry()
        }
    }
    if (REPLACED != methods as Set) throw new IllegalStateException("${jar.fileName} has no method ${methods - REPLACED}")
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING)
}

rewrite(/picocli-.*\.jar/, ['loadClosureClass', 'initMethodSubcommands']) { String name, byte[] bytes, ClassFile files ->
    if (!name.endsWith('.class') || name.endsWith('module-info.class')) return bytes
    CodeTransform same = { builder, element -> builder.with(element) } // rebuilds the code, and so its stack maps
    ClassTransform newer = { builder, element ->
        element instanceof ClassFileVersion ? builder.withVersion(ClassFile.JAVA_8_VERSION, 0) : builder.with(element)
    }
    files.transformClass(files.parse(bytes), newer
            .andThen(withBodies(
                    loadClosureClass: { it.aconst_null().areturn() }, initMethodSubcommands: { it.return_() }))
            .andThen(ClassTransform.transformingMethodBodies(same)))
}

ClassDesc type(String name) { ClassDesc.of(name) }

/** A map of the keys and values by turns; as before where a spread map ({@code *:}) is among them. */
void createMap(code) {
    def map = type('java.util.LinkedHashMap')
    def (loop, spread, done) = [code.newLabel(), code.newLabel(), code.newLabel()]
    code.new_(map).dup().invokespecial(map, '<init>', MTD_void).astore(1).iconst_0().istore(2)
    code.labelBinding(loop).iload(2).aload(0).arraylength().if_icmpge(done)
    code.aload(0).iload(2).aaload().instanceOf(type('groovy.lang.SpreadMap')).ifne(spread)
    code.aload(1).aload(0).iload(2).aaload().aload(0).iload(2).iconst_1().iadd().aaload()
    code.invokevirtual(map, 'put', MethodTypeDesc.of(CD_Object, CD_Object, CD_Object)).pop().iinc(2, 2).goto_(loop)
    code.labelBinding(done).aload(1).areturn()
    code.labelBinding(spread).aload(0)
            .invokestatic(HELPER, 'createMap', MethodTypeDesc.of(type('java.util.Map'), CD_Object.arrayType())).areturn()
}

void createList(code) {
    def list = type('java.util.ArrayList')
    code.new_(list).dup().aload(0)
            .invokestatic(type('java.util.Arrays'), 'asList', MethodTypeDesc.of(type('java.util.List'), CD_Object.arrayType()))
            .invokespecial(list, '<init>', MethodTypeDesc.of(CD_void, type('java.util.Collection'))).areturn()
}

rewrite(/groovy-.*\.jar/, ['<init>', 'getMetaClass', 'createMap', 'createList']) { String name, byte[] bytes, ClassFile files ->
    def self = type('groovy.lang.GroovyObjectSupport')
    def metaClass = type('groovy.lang.MetaClass')
    switch (name) {
        case 'groovy/lang/GroovyObjectSupport.class':
            return files.transformClass(files.parse(bytes), withBodies('<init>': {
                it.aload(0).invokespecial(CD_Object, '<init>', MTD_void).return_()
            }, getMetaClass: {
                it.aload(0).getfield(self, 'metaClass', metaClass).ifThen(Opcode.IFNULL) { then ->
                    then.aload(0).aload(0).invokevirtual(self, 'getDefaultMetaClass', MethodTypeDesc.of(metaClass))
                            .putfield(self, 'metaClass', metaClass)
                }.aload(0).getfield(self, 'metaClass', metaClass).areturn()
            }))
        case 'org/codehaus/groovy/runtime/ScriptBytecodeAdapter.class':
            return files.transformClass(files.parse(bytes),
                    withBodies(createMap: { createMap(it) }, createList: { createList(it) }))
        default:
            return bytes
    }
}
