package org.linkctl.modules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;

/** A module without {@code @AutoService} compiles, passes its own tests and is never run: this notices. */
final class FoundByServiceLoader extends ArchCondition<JavaClass> {
    private final Set<String> found =
            Modules.all().stream().map(module -> module.getClass().getName()).collect(Collectors.toUnmodifiableSet());

    FoundByServiceLoader() {
        super("be found by Modules.all()");
    }

    @Override
    public void check(JavaClass module, ConditionEvents events) {
        String name = module.getName();
        events.add(new SimpleConditionEvent(
                module, found.contains(name), name + " needs @AutoService(Module.class) to be found"));
    }
}
