mod errors;
mod forget;
mod invariants;
mod payout;
mod set_split;
mod settle;
mod try_state;
