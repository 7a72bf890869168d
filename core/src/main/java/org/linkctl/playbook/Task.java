package org.linkctl.playbook;

import org.linkctl.diag.Place;

/**
 * One step, with its place among the others.
 *
 * @param number from 1, through the whole playbook
 * @param title of the part that it belongs to; empty where it belongs to none
 */
public record Task(int number, String title, Action action, Place at) {}
