/*
|--------------------------------------------------------------------------
| Who listens to what
|--------------------------------------------------------------------------
|
| Modules import to the left only (docs in README, "The tree"). When something
| to the left must cause something to the right, it emits an event and the
| listener is named here, and nowhere else.
|
*/
export {}
