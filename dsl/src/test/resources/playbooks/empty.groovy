// nothing is declared
