//! Runs a program over a text, with a bound on its steps.

use super::class::{Class, Name, ends_line, same};
use super::program::{Instruction, Program};
use super::syntax::{Anchor, Fold};
use crate::PatternFault;

/// Where to go on, or what to put back, when a try fails.
enum Undo {
    Branch { instruction: usize, position: usize },
    Register { register: usize, value: Option<usize> },
}

/// A place for every group, the whole match first: start and end in characters.
pub(super) type Groups = Vec<Option<(usize, usize)>>;

pub(super) struct Machine<'a> {
    program: &'a Program,
    text: &'a [char],
    registers: Vec<Option<usize>>,
    limit: usize,
    left: usize,
    /// The end has to be the text's end.
    whole: bool,
}

impl<'a> Machine<'a> {
    pub(super) fn new(program: &'a Program, text: &'a [char], limit: usize) -> Self {
        let registers = vec![None; program.registers];
        Self { program, text, registers, limit, left: limit, whole: false }
    }

    /// Steps that are left.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    pub(super) fn match_whole(&mut self) -> Result<bool, PatternFault> {
        self.whole = true;
        Ok(self.run(0, 0, None)?.is_some())
    }

    /// The first match that starts at `from` or later.
    pub(super) fn search(&mut self, from: usize) -> Result<Option<Groups>, PatternFault> {
        for start in from..=self.text.len() {
            self.copying()?;
            self.registers.fill(None);
            if self.run(0, start, None)?.is_some() {
                let groups = (0..self.program.groups).map(|group| {
                    Some((self.registers[group * 2]?, self.registers[group * 2 + 1]?))
                });
                return Ok(Some(groups.collect()));
            }
        }
        Ok(None)
    }

    /// Runs from an instruction; the end position where it accepts. `target`: where a look-behind has to end.
    fn run(
        &mut self,
        mut instruction: usize,
        mut position: usize,
        target: Option<usize>,
    ) -> Result<Option<usize>, PatternFault> {
        let program = self.program;
        let mut undo: Vec<Undo> = Vec::new();
        loop {
            self.step()?;
            let next = match &program.code[instruction] {
                Instruction::Match if self.whole && position != self.text.len() => None,
                Instruction::Accept if target.is_some_and(|target| target != position) => None,
                Instruction::Match | Instruction::Accept => return Ok(Some(position)),
                Instruction::Jump(to) => Some((*to, position)),
                Instruction::Split { first, second } => {
                    undo.push(Undo::Branch { instruction: *second, position });
                    Some((*first, position))
                }
                Instruction::Save(register) => {
                    undo.push(Undo::Register {
                        register: *register,
                        value: self.registers[*register],
                    });
                    self.registers[*register] = Some(position);
                    Some((instruction + 1, position))
                }
                Instruction::LeaveIfStill { register, exit } => {
                    let is_still = self.registers[*register] == Some(position);
                    Some((if is_still { *exit } else { instruction + 1 }, position))
                }
                Instruction::Once { next } => {
                    self.enclosed(instruction, position, None, &mut undo)?.map(|end| (*next, end))
                }
                Instruction::Look { is_ahead, is_negative, next } => {
                    self.copying()?;
                    let before = self.registers.clone();
                    let found = if *is_ahead {
                        self.enclosed(instruction, position, None, &mut undo)?.is_some()
                    } else {
                        self.behind(instruction, position, &mut undo)?
                    };
                    if *is_negative {
                        self.registers = before;
                    }
                    (found != *is_negative).then_some((*next, position))
                }
                simple => self.advance(simple, position).map(|end| (instruction + 1, end)),
            };
            match next.or_else(|| self.back(&mut undo)) {
                Some(place) => (instruction, position) = place,
                None => return Ok(None),
            }
        }
    }

    fn step(&mut self) -> Result<(), PatternFault> {
        self.steps(1)
    }

    /// An expression may have thousands of groups, and a copy of their places is no single step.
    fn copying(&mut self) -> Result<(), PatternFault> {
        self.steps(self.registers.len() / 16)
    }

    fn steps(&mut self, count: usize) -> Result<(), PatternFault> {
        match self.left.checked_sub(count) {
            Some(left) => self.left = left,
            None => return Err(PatternFault::TooManySteps { limit: self.limit }),
        }
        Ok(())
    }

    /// Undoes up to the last branch and returns it.
    fn back(&mut self, undo: &mut Vec<Undo>) -> Option<(usize, usize)> {
        while let Some(last) = undo.pop() {
            match last {
                Undo::Branch { instruction, position } => return Some((instruction, position)),
                Undo::Register { register, value } => self.registers[register] = value,
            }
        }
        None
    }

    /// Runs what `Once` or `Look` encloses; registers it set are put back if what follows fails.
    fn enclosed(
        &mut self,
        head: usize,
        position: usize,
        target: Option<usize>,
        undo: &mut Vec<Undo>,
    ) -> Result<Option<usize>, PatternFault> {
        self.copying()?;
        let before = self.registers.clone();
        // Nested: as deep as the expression nests, which its parser bounds.
        let end = self.run(head + 1, position, target)?;
        if end.is_some() {
            let changed =
                before.into_iter().enumerate().filter(|(i, value)| self.registers[*i] != *value);
            undo.extend(changed.map(|(register, value)| Undo::Register { register, value }));
        } else {
            self.registers = before;
        }
        Ok(end)
    }

    fn behind(
        &mut self,
        head: usize,
        position: usize,
        undo: &mut Vec<Undo>,
    ) -> Result<bool, PatternFault> {
        for start in (0..=position).rev() {
            if self.enclosed(head, start, Some(position), undo)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The position after an instruction that looks at the text, where it holds.
    fn advance(&self, instruction: &Instruction, position: usize) -> Option<usize> {
        let here = self.text.get(position).copied();
        let fits = match instruction {
            Instruction::Character { character, fold } => same(here?, *character, *fold),
            Instruction::Any { dot_all, unix_lines } => *dot_all || !ends_line(here?, *unix_lines),
            Instruction::Class { class, fold } => class.contains(here?, *fold),
            Instruction::Anchor(anchor) => {
                return self.holds(*anchor, position).then_some(position);
            }
            Instruction::BackReference { group, fold } => {
                return self.repeated(*group, *fold, position);
            }
            _ => false,
        };
        (fits && here.is_some()).then_some(position + 1)
    }

    fn repeated(&self, group: usize, fold: Fold, position: usize) -> Option<usize> {
        let start = (*self.registers.get(group * 2)?)?;
        let end = (*self.registers.get(group * 2 + 1)?)?;
        let captured = self.text.get(start..end)?;
        let here = self.text.get(position..position + captured.len())?;
        let is_same = captured.iter().zip(here).all(|(left, right)| same(*left, *right, fold));
        is_same.then_some(position + captured.len())
    }

    fn holds(&self, anchor: Anchor, position: usize) -> bool {
        let length = self.text.len();
        let before = position.checked_sub(1).and_then(|place| self.text.get(place)).copied();
        let here = self.text.get(position).copied();
        let is_word =
            |c: Option<char>| c.is_some_and(|c| Class::Named(Name::Word).contains(c, Fold::None));
        match anchor {
            Anchor::TextStart => position == 0,
            Anchor::TextEnd => position == length,
            Anchor::LineStart { unix_lines } => match before {
                None => true,
                Some('\r') if here == Some('\n') && !unix_lines => false,
                Some(c) => ends_line(c, unix_lines) && position < length,
            },
            Anchor::LineEnd { unix_lines } => match here {
                None => true,
                Some('\n') if before == Some('\r') && !unix_lines => false,
                Some(c) => ends_line(c, unix_lines),
            },
            Anchor::LastLineEnd { unix_lines } => match here {
                None => true,
                Some('\n') if before == Some('\r') && !unix_lines => false,
                Some('\r') if !unix_lines && position + 2 == length => {
                    self.text[position + 1] == '\n'
                }
                Some(c) => position + 1 == length && ends_line(c, unix_lines),
            },
            Anchor::WordBoundary => is_word(before) != is_word(here),
            Anchor::NoWordBoundary => is_word(before) == is_word(here),
        }
    }
}
