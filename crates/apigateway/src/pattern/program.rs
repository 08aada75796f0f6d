//! Turns a syntax tree into instructions, so that matching needs no recursion over the text.

use super::class::Class;
use super::syntax::{Anchor, Fold, Greed, Node, Parsed};
use crate::{PatternError, PatternFault};

/// A counted repetition is written out; more instructions than this are refused.
const MAXIMUM_LENGTH: usize = 20_000;

/// Instructions, and the registers they use: two a group, then one a loop that could stand still.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub code: Vec<Instruction>,
    pub groups: usize,
    pub registers: usize,
}

#[derive(Debug, Clone)]
pub(super) enum Instruction {
    Character {
        character: char,
        fold: Fold,
    },
    Any {
        dot_all: bool,
        unix_lines: bool,
    },
    Class {
        class: Class,
        fold: Fold,
    },
    /// Tries `first`, and `second` where that fails.
    Split {
        first: usize,
        second: usize,
    },
    Jump(usize),
    /// Writes the position to a register.
    Save(usize),
    /// Goes to `exit` where the position is still that of the register: an empty turn ends a loop.
    LeaveIfStill {
        register: usize,
        exit: usize,
    },
    Anchor(Anchor),
    BackReference {
        group: usize,
        fold: Fold,
    },
    /// Matches the instructions up to its `Accept` once, without coming back to them.
    Once {
        next: usize,
    },
    Look {
        is_ahead: bool,
        is_negative: bool,
        next: usize,
    },
    /// Ends `Once` and `Look`.
    Accept,
    /// Ends the program.
    Match,
}

pub(super) fn compile(parsed: &Parsed) -> Result<Program, PatternError> {
    let groups = parsed.groups + 1;
    let mut compiler = Compiler { code: Vec::new(), registers: groups * 2 };
    compiler.emit(Instruction::Save(0))?;
    compiler.node(&parsed.root)?;
    compiler.emit(Instruction::Save(1))?;
    compiler.emit(Instruction::Match)?;
    Ok(Program { code: compiler.code, groups, registers: compiler.registers })
}

struct Compiler {
    code: Vec<Instruction>,
    registers: usize,
}

impl Compiler {
    fn emit(&mut self, instruction: Instruction) -> Result<usize, PatternError> {
        if self.code.len() >= MAXIMUM_LENGTH {
            let what = "so large an expression".to_owned();
            return Err(PatternFault::CannotSimulate { what }.at(0));
        }
        self.code.push(instruction);
        Ok(self.code.len() - 1)
    }

    fn node(&mut self, node: &Node) -> Result<(), PatternError> {
        match node {
            Node::Empty => {}
            Node::Character { character, fold } => {
                self.emit(Instruction::Character { character: *character, fold: *fold })?;
            }
            Node::Any { dot_all, unix_lines } => {
                self.emit(Instruction::Any { dot_all: *dot_all, unix_lines: *unix_lines })?;
            }
            Node::Class { class, fold } => {
                self.emit(Instruction::Class { class: class.clone(), fold: *fold })?;
            }
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.node(node))?,
            Node::Alternatives(nodes) => self.alternatives(nodes)?,
            Node::Repeat { node, minimum, maximum, greed } => {
                self.repeat(node, *minimum, *maximum, *greed)?;
            }
            Node::Group { node, capture: None } => self.node(node)?,
            Node::Group { node, capture: Some(group) } => {
                self.emit(Instruction::Save(group * 2))?;
                self.node(node)?;
                self.emit(Instruction::Save(group * 2 + 1))?;
            }
            Node::Atomic(node) => self.enclosed(node, |next| Instruction::Once { next })?,
            Node::Look { node, is_ahead, is_negative } => {
                let (is_ahead, is_negative) = (*is_ahead, *is_negative);
                self.enclosed(node, |next| Instruction::Look { is_ahead, is_negative, next })?;
            }
            Node::BackReference { group, fold } => {
                self.emit(Instruction::BackReference { group: *group, fold: *fold })?;
            }
            Node::Anchor(anchor) => {
                self.emit(Instruction::Anchor(*anchor))?;
            }
        }
        Ok(())
    }

    fn enclosed(
        &mut self,
        node: &Node,
        head: impl Fn(usize) -> Instruction,
    ) -> Result<(), PatternError> {
        let place = self.emit(head(0))?;
        self.node(node)?;
        self.emit(Instruction::Accept)?;
        self.code[place] = head(self.code.len());
        Ok(())
    }

    fn alternatives(&mut self, nodes: &[Node]) -> Result<(), PatternError> {
        let mut jumps = Vec::new();
        for (place, node) in nodes.iter().enumerate() {
            if place + 1 == nodes.len() {
                self.node(node)?;
                break;
            }
            let split = self.emit(Instruction::Jump(0))?;
            self.node(node)?;
            jumps.push(self.emit(Instruction::Jump(0))?);
            self.code[split] = Instruction::Split { first: split + 1, second: self.code.len() };
        }
        for jump in jumps {
            self.code[jump] = Instruction::Jump(self.code.len());
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        node: &Node,
        minimum: u32,
        maximum: Option<u32>,
        greed: Greed,
    ) -> Result<(), PatternError> {
        for _ in 0..minimum {
            let before = self.code.len();
            self.node(node)?;
            // A node without instructions a million times is still a million turns.
            if self.code.len() == before {
                return Ok(());
            }
        }
        let Some(maximum) = maximum else { return self.endless(node, greed) };
        let mut splits = Vec::new();
        for _ in minimum..maximum {
            splits.push(self.emit(Instruction::Jump(0))?);
            self.node(node)?;
        }
        let exit = self.code.len();
        for split in splits {
            self.code[split] = branch(split + 1, exit, greed);
        }
        Ok(())
    }

    fn endless(&mut self, node: &Node, greed: Greed) -> Result<(), PatternError> {
        if takes_a_character(node) {
            let split = self.emit(Instruction::Jump(0))?;
            self.node(node)?;
            self.emit(Instruction::Jump(split))?;
            self.code[split] = branch(split + 1, self.code.len(), greed);
            return Ok(());
        }
        let register = self.registers;
        self.registers += 1;
        let split = self.emit(Instruction::Jump(0))?;
        self.emit(Instruction::Save(register))?;
        self.node(node)?;
        let check = self.emit(Instruction::Jump(0))?;
        self.emit(Instruction::Jump(split))?;
        let exit = self.code.len();
        self.code[split] = branch(split + 1, exit, greed);
        self.code[check] = Instruction::LeaveIfStill { register, exit };
        Ok(())
    }
}

/// Whether every match of a node takes one character, so that no turn of a loop stands still.
fn takes_a_character(node: &Node) -> bool {
    match node {
        Node::Character { .. } | Node::Any { .. } | Node::Class { .. } => true,
        Node::Group { node, .. } => takes_a_character(node),
        _ => false,
    }
}

fn branch(body: usize, exit: usize, greed: Greed) -> Instruction {
    match greed {
        Greed::Least => Instruction::Split { first: exit, second: body },
        Greed::Most | Greed::Possessive => Instruction::Split { first: body, second: exit },
    }
}
