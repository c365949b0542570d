mod attacks;
mod calls;
mod engine;
mod errors;
mod invariants;
mod prices;
mod try_state;
