package org.linkctl.modules

/** Exact, whole, and rewritten by `-Dlinkctl.golden=rewrite` alone: then read as a diff, never edited by hand. */
class Golden {
    static boolean matches(File file, String actual) {
        if (System.getProperty('linkctl.golden') == 'rewrite') {
            file.setText(actual, 'UTF-8')
            return true
        }
        assert file.exists(): "no $file; -Dlinkctl.golden=rewrite makes it"
        assert actual == file.getText('UTF-8')
        true
    }
}
