package org.linkctl.modules

import org.linkctl.dsl.Inventory

/**
 * Runs in a JVM whose class path begins with what docs/adding-a-module.md adds: holds the page's modules to what every
 * module is held to, and prints their kinds of cases, what breaks a law, and what is said of the page's wrong inventories.
 */
class PageCases {
    /** @param args the folder with the page's files, by their paths in the project */
    static void main(String[] args) {
        new File(args[0], 'modules/src/test/resources/cases').listFiles().toList().sort().each { cases(it) }
        def broken = new File(args[0], 'dsl/src/test/resources/broken')
        broken.listFiles().toList().sort().findAll { it.name.endsWith('.groovy') }.each { file ->
            print(Inventory.load(file.toPath(), Modules.limits()).render().replace("$broken/", ''))
        }
    }

    private static void cases(File folder) {
        def module = Modules.all().find { it.name() == folder.name }
        def all = module == null ? [] : Case.of(module, folder)
        println("$folder.name: ${all*.kind.toSet().sort().join(' ')}")
        all.each { one ->
            def shown = new File(one.dir, 'expected.txt')
            Laws.check(one).each { println("$one: $it") }
            if (shown.exists() && shown.getText('UTF-8') != Transcript.of(one)) println("$one: not as shown:\n${Transcript.of(one)}")
        }
    }
}
