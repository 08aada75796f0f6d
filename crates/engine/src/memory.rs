//! How much memory statements may take: all together, and each of them.

use datafusion::common::{Result, resources_datafusion_err};
use datafusion::execution::memory_pool::{
    GreedyMemoryPool, MemoryLimit, MemoryPool, MemoryReservation, human_readable_size,
};
use std::fmt::{self, Display, Formatter};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the statements of an engine may take, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryLimits {
    /// All statements together.
    pub all: usize,
    /// One statement, that others find some left.
    pub statement: usize,
}

impl Default for MemoryLimits {
    /// Half of what the machine or the container has, and half of that for one statement.
    fn default() -> Self {
        Self::of_all(half_of_machine())
    }
}

impl MemoryLimits {
    /// Returns the limits where all statements together may take so many bytes.
    #[must_use]
    pub const fn of_all(all: usize) -> Self {
        Self { all, statement: all / 2 }
    }

    /// Returns the memory that all statements share: first come, first served, since none can give any back.
    pub(crate) fn shared(self) -> Arc<dyn MemoryPool> {
        Arc::new(GreedyMemoryPool::new(self.all))
    }
}

/// The memory of one statement, out of what all share.
#[derive(Debug)]
pub(crate) struct StatementMemory {
    shared: Arc<dyn MemoryPool>,
    most: usize,
    taken: AtomicUsize,
}

impl StatementMemory {
    /// Begins a statement that may take so many bytes.
    pub(crate) fn new(shared: Arc<dyn MemoryPool>, most: usize) -> Self {
        Self { shared, most, taken: AtomicUsize::new(0) }
    }
}

impl Display for StatementMemory {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (at most {})", self.name(), human_readable_size(self.most))
    }
}

impl MemoryPool for StatementMemory {
    fn name(&self) -> &'static str {
        "statement"
    }

    fn grow(&self, reservation: &MemoryReservation, additional: usize) {
        self.taken.fetch_add(additional, Ordering::Relaxed);
        self.shared.grow(reservation, additional);
    }

    fn shrink(&self, reservation: &MemoryReservation, shrink: usize) {
        self.taken.fetch_sub(shrink, Ordering::Relaxed);
        self.shared.shrink(reservation, shrink);
    }

    fn try_grow(&self, reservation: &MemoryReservation, additional: usize) -> Result<()> {
        let fits =
            |taken: usize| taken.checked_add(additional).filter(|wanted| *wanted <= self.most);
        let taken = self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits);
        taken.map_err(|taken| {
            resources_datafusion_err!(
                "The statement holds {} and wants {} more; it may take {}.",
                human_readable_size(taken),
                human_readable_size(additional),
                human_readable_size(self.most)
            )
        })?;
        self.shared.try_grow(reservation, additional).inspect_err(|_| {
            self.taken.fetch_sub(additional, Ordering::Relaxed);
        })
    }

    fn reserved(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    fn memory_limit(&self) -> MemoryLimit {
        MemoryLimit::Finite(self.most)
    }
}

/// What is assumed where the system does not tell, in bytes.
const UNTOLD: u64 = 4 << 30;

/// The least that an engine takes, in bytes.
const LEAST: u64 = 256 << 20;

/// Returns half of what the machine or the container has, in bytes.
fn half_of_machine() -> usize {
    let told = [
        read(Path::new("/proc/meminfo")).as_deref().and_then(machine),
        // Version 2 and version 1 of control groups, as containers see their own.
        read(Path::new("/sys/fs/cgroup/memory.max")).as_deref().and_then(container),
        read(Path::new("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
            .as_deref()
            .and_then(container),
    ];
    let there_is = told.into_iter().flatten().min().unwrap_or(UNTOLD);
    usize::try_from((there_is / 2).max(LEAST)).unwrap_or(usize::MAX)
}

fn read(file: &Path) -> Option<String> {
    std::fs::read_to_string(file).ok()
}

/// Reads `MemTotal:  16384 kB`.
fn machine(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

/// Reads a number of bytes; `max` is no limit.
fn container(text: &str) -> Option<u64> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::execution::memory_pool::MemoryConsumer;

    #[test]
    fn the_systems_own_figures_are_read() {
        assert_eq!(machine("MemTotal:       16384 kB\nMemFree: 1 kB\n"), Some(16 << 20));
        assert_eq!(machine("nothing"), None);
        assert_eq!(container("1048576\n"), Some(1 << 20));
        assert_eq!(container("max\n"), None);
    }

    #[test]
    fn the_limit_is_never_below_the_least() {
        assert!(MemoryLimits::default().all >= 256 << 20);
    }

    #[test]
    fn a_statement_leaves_some_to_others() {
        let limits = MemoryLimits { all: 1000, statement: 600 };
        let shared = limits.shared();
        let statement = || -> Arc<dyn MemoryPool> {
            Arc::new(StatementMemory::new(Arc::clone(&shared), limits.statement))
        };
        let reservation = |pool: &Arc<dyn MemoryPool>| MemoryConsumer::new("sort").register(pool);
        let (first, second) = (statement(), statement());
        let (one, another, other) =
            (reservation(&first), reservation(&first), reservation(&second));
        one.try_grow(400).unwrap();
        let error = another.try_grow(300).unwrap_err().to_string();
        assert!(error.contains("may take 600.0 B"), "{error}");
        another.try_grow(200).unwrap();
        // Of what all share 400 are left, whatever the second statement alone might take.
        assert!(other.try_grow(500).is_err());
        other.try_grow(400).unwrap();
        drop((one, another));
        other.try_grow(200).unwrap();
        assert_eq!((first.reserved(), second.reserved(), shared.reserved()), (0, 600, 600));
    }
}
