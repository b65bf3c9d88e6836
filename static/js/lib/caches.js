// @ts-check
/** Names on which the page and its service worker agree. */

/** Each version of the shell has a cache of its own: this, then the version. */
export const SHELLS = "shell-";
/** Faces of the officers on the desk; they outlive a version. */
export const PHOTOS = "photos";
/** What the page says to a worker that waits. */
export const TAKE_OVER = "take over";
