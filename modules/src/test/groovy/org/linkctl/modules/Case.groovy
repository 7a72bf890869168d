package org.linkctl.modules

import org.linkctl.model.Fabric
import org.linkctl.model.Host
import org.linkctl.spi.Abilities
import org.linkctl.spi.Memory
import org.linkctl.spi.Module
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope

/** A case folder: an inventory, a host's answers before and after, and the whole of what is expected in between. */
class Case {
    final File dir
    final Module module
    final Abilities abilities
    final Fabric fabric
    final AnswerFile before
    final AnswerFile after
    final Host host
    final List<Resource> wants

    Case(File dir, Module module) {
        this.dir = dir
        this.module = module
        abilities = new Abilities(module)
        fabric = Inventories.load(inventory(dir))
        before = AnswerFile.read(new File(dir, 'answers.txt'))
        def later = new File(dir, 'after.txt')
        after = later.exists() ? before.under(AnswerFile.read(later)) : null
        host = fabric.host(before.host).orElseThrow { new AssertionError("$dir: no host '$before.host' in the inventory") }
        wants = wantsGiven(before)
    }

    /** A case's own inventory, or else its module's, or else the one for all. */
    static File inventory(File dir) {
        def places = [dir, dir.parentFile, dir.parentFile.parentFile].collect { new File(it, 'inventory.groovy') }
        places.find { it.exists() } ?: places.first()
    }

    /** The module's resources on the host, given what the answers' header says was published. */
    List<Resource> wantsGiven(AnswerFile answers) {
        def scope = new Scope(fabric, host, answers.published(), answers.drained, answers.held, answers.secretsGiven())
        def declared = module.want(scope).findAll { !answers.owned || !it.stray() }
        declared + (answers.owned - answers.owned.subMap(declared*.id())).values().collect {
            abilities.absent(scope, it).orElseThrow { new AssertionError("$dir: the module takes away nothing of ${it.resource()}" as Object) }
        }
    }

    /** What the host remembers of a resource when the plan is made. */
    Optional<Memory> memory(Resource want) {
        Optional.ofNullable(before.owned[want.id()]?.memory())
    }

    /** What is wanted is that something is gone. */
    boolean isGone(Resource want) {
        before.owned.containsKey(want.id()) && module.want(new Scope(fabric, host, before.published())).every { it.id() != want.id() || it.stray() }
    }

    /** A module that takes away what is no longer declared has nothing to create: on a bare host it is converged. */
    static boolean onlyRemoves(Module module) {
        module.name().endsWith('-undeclared')
    }

    /** Nor has one that looks after what others make, which there is nothing of to remove either. */
    static boolean onlyMends(Module module) {
        module.name().endsWith('-access')
    }

    /** Nor one that only looks at what others made, and tells of it. */
    static boolean onlyLooks(Module module) {
        module.name().endsWith('.foreign-filter') || module.name().endsWith('.data-plane')
    }

    boolean isOnlyRemoves() {
        onlyRemoves(module) || onlyMends(module) || onlyLooks(module)
    }

    String getKind() {
        dir.name.split('-').first()
    }

    /** Everything asked, by all resources: for the check that a case answers nothing that nobody asked. */
    Set questions() {
        wants.collectMany { module.probe(it) + abilities.examine(it) } as Set
    }

    /** `linkctl verify` is part of a case as soon as the case answers the questions for it. */
    boolean examines(Resource want) {
        abilities.examine(want) && abilities.examine(want).every { before.blocks.containsKey(AnswerFile.key(it)) }
    }

    @Override
    String toString() {
        "${dir.parentFile.name}/${dir.name}"
    }

    static File folder() {
        new File(System.getProperty('basedir', '.'), 'src/test/resources/cases')
    }

    /** All modules; {@code -Dlinkctl.cases=NAME,NAME} is for whoever works at the modules of these names. */
    static List<Module> modules() {
        def only = System.getProperty('linkctl.cases')?.split(',')?.toList()
        Modules.all().findAll { only == null || it.name() in only }
    }

    /** The cases of these. */
    static List<Case> all() {
        modules().collectMany { module -> of(module, new File(folder(), module.name())) }
    }

    static List<Case> of(Module module, File folder) {
        def dirs = folder.listFiles({ File f -> f.directory } as FileFilter)
        (dirs ? dirs.toList().sort { it.name } : []).collect { new Case(it, module) }
    }
}
