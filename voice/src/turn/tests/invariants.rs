//! What must hold after any sequence of inputs: for the property test and for the fuzz target `turn`.

use super::Action;

/// What the actions so far allow.
#[derive(Default)]
pub struct Invariants {
    captured: bool,
    guessed: bool,
    held: bool,
    over: bool,
}

impl Invariants {
    /// Panics when `action` must not follow those before it.
    pub fn check(&mut self, action: Action) {
        assert!(!self.over, "{action:?} after the end");
        match action {
            Action::Capture => {
                assert!(!self.captured);
                self.captured = true;
            }
            Action::Discard => {
                assert!(self.captured && !self.held);
                (self.captured, self.guessed) = (false, false);
            }
            Action::Guess => {
                assert!(self.captured && !self.guessed);
                self.guessed = true;
            }
            Action::DropGuess => {
                assert!(self.guessed);
                self.guessed = false;
            }
            Action::EndOfTurn { .. } => {
                assert!(self.captured && !self.held);
                (self.captured, self.guessed) = (false, false);
            }
            Action::Hold => {
                assert!(self.captured && !self.held);
                self.held = true;
            }
            Action::Resume => {
                assert!(self.held && self.guessed);
                (self.held, self.captured, self.guessed) = (false, false, false);
            }
            Action::Interrupt => self.held = false,
            Action::Keys => (self.captured, self.guessed, self.held) = (false, false, false),
            Action::IdlePrompt => assert!(!self.captured),
            Action::GiveUp | Action::TimeIsUp => self.over = true,
        }
    }

    /// The reply that may have been held is over.
    pub fn agent_done(&mut self) {
        self.held = false;
    }

    pub fn is_held(&self) -> bool {
        self.held
    }

    pub fn is_over(&self) -> bool {
        self.over
    }
}
