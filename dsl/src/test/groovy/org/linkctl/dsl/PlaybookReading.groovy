package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.dsl.read.ScriptCache
import org.linkctl.model.Fabric
import org.linkctl.plan.ModuleNames
import org.linkctl.playbook.Action
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** Reads playbooks for an inventory of two sites. */
abstract class PlaybookReading extends Specification {
    static final ModuleNames MODULES = new ModuleNames(['linux.bond', 'linux.sysctl', 'freebsd.sysctl'], [:])

    @TempDir
    Path folder

    @Shared Fabric ecmp = Inventory.load(Path.of('../inventories/ecmp.groovy'), Limits.ALL).fabric()

    LoadedPlaybook read(String steps, Map<String, String> given = [:], Fabric fabric = ecmp) {
        Path file = folder.resolve('p.groovy')
        Files.writeString(file, "playbook('p', about: 'a test') {\n${steps.stripIndent()}\n}\n")
        Playbooks.load(file, fabric, given, ModuleNames.UNKNOWN, ScriptCache.NONE)
    }

    List<Action> actions(String steps, Map<String, String> given = [:], Fabric fabric = ecmp) {
        def loaded = read(steps, given, fabric)
        assert loaded.diagnostics() == [] : loaded.render()
        loaded.playbook().tasks()*.action()
    }
}
