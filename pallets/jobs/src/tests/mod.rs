mod deliver;
mod errors;
mod expire;
mod invariants;
mod read;
mod submit;
mod tick;
mod try_state;
