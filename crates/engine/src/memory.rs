//! How much memory all statements of an engine may share: half of what the machine or the container has.

use std::path::Path;

/// What is assumed where the system does not tell, in bytes.
const UNTOLD: u64 = 4 << 30;

/// The least that an engine takes, in bytes.
const LEAST: u64 = 256 << 20;

/// Returns the limit in bytes.
pub(crate) fn limit() -> usize {
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

    #[test]
    fn the_systems_own_figures_are_read() {
        assert_eq!(machine("MemTotal:       16384 kB\nMemFree: 1 kB\n"), Some(16 << 20));
        assert_eq!(machine("nothing"), None);
        assert_eq!(container("1048576\n"), Some(1 << 20));
        assert_eq!(container("max\n"), None);
    }

    #[test]
    fn the_limit_is_never_below_the_least() {
        assert!(limit() >= 256 << 20);
    }
}
