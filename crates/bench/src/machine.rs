//! What the machine did while something was measured: our processes' CPU
//! seconds, and what others took, read from /proc.

use rustix::time::{ClockId, clock_gettime};
use std::{
    collections::HashMap,
    fs,
    time::{Duration, Instant},
};

/// Linux counts CPU time for people in hundredths of a second.
const TICK: f64 = 0.01;

/// Runs while something is measured.
pub(crate) struct Meter {
    since: Instant,
    busy: f64,
    ours: f64,
}

/// What was used meanwhile.
pub(crate) struct Used {
    /// How long it took.
    pub(crate) seconds: f64,
    /// CPU seconds of this process and those that it started.
    pub(crate) ours: f64,
    busy: f64,
}

impl Meter {
    pub(crate) fn start() -> Self {
        Self {
            since: Instant::now(),
            busy: busy(),
            ours: cpu(std::process::id()),
        }
    }

    pub(crate) fn stop(self) -> Used {
        Used {
            seconds: self.since.elapsed().as_secs_f64(),
            ours: cpu(std::process::id()) - self.ours,
            busy: busy() - self.busy,
        }
    }
}

impl Used {
    /// The part of all the machine's CPU that others took (or the host kept).
    pub(crate) fn others(&self) -> f64 {
        let cores = std::thread::available_parallelism().map_or(1.0, |n| n.get() as f64);
        ((self.busy - self.ours) / (cores * self.seconds)).max(0.0)
    }
}

/// The load average of the last minute.
pub(crate) fn load() -> f64 {
    fs::read_to_string("/proc/loadavg")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok())
        .unwrap_or(f64::NAN)
}

/// CPU seconds of a process and all that descend from it.
pub(crate) fn cpu(root: u32) -> f64 {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut ticks: HashMap<u32, u64> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // It may have ended since.
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        // The name in brackets may hold anything; the last bracket ends it.
        let Some((_, rest)) = stat.rsplit_once(')') else {
            continue;
        };
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let number = |at: usize| fields.get(at).and_then(|f| f.parse::<u64>().ok());
        let parent = number(1).and_then(|parent| u32::try_from(parent).ok());
        children.entry(parent.unwrap_or(0)).or_default().push(pid);
        // Own time, and that of children that have ended and were waited for.
        ticks.insert(pid, (11..15).filter_map(number).sum());
    }
    let mut sum = 0;
    let mut todo = vec![root];
    while let Some(pid) = todo.pop() {
        sum += ticks.get(&pid).copied().unwrap_or(0);
        todo.extend(children.remove(&pid).unwrap_or_default());
    }
    sum as f64 * TICK
}

/// CPU seconds in which the machine was not idle, those that the host took included.
fn busy() -> f64 {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields: Vec<u64> = stat
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .filter_map(|field| field.parse().ok())
        .collect();
    // user, nice, system, idle, iowait, irq, softirq, steal
    let busy: u64 = [0, 1, 2, 5, 6, 7]
        .iter()
        .filter_map(|&at| fields.get(at))
        .sum();
    busy as f64 * TICK
}

/// A figure of a process's memory, in bytes: `VmRSS` or `VmHWM`.
pub(crate) fn memory(pid: u32, figure: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or(0)
        * 1024
}

/// Writes to the memory that is free, once. A virtual machine gets memory from its host when
/// it is first written to, at the speed of a slow disk: that is neither the work's nor the floor's.
pub(crate) fn touch_free_memory() {
    /// What stays for everybody else.
    const KEPT: u64 = 2 << 30;
    const PAGE: usize = 4096;
    let info = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let free = info
        .lines()
        .find_map(|line| line.strip_prefix("MemFree:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or(0)
        * 1024;
    let bytes = usize::try_from(free.saturating_sub(KEPT)).unwrap_or(0);
    let mut memory = Vec::<u8>::with_capacity(bytes);
    for page in memory.spare_capacity_mut().chunks_mut(PAGE) {
        if let Some(first) = page.first_mut() {
            first.write(1);
        }
    }
    std::hint::black_box(memory.as_ptr());
}

/// Lets the highest memory of a process (`VmHWM`) begin again at what it is now.
pub(crate) fn forget_highest_memory(pid: u32) -> std::io::Result<()> {
    fs::write(format!("/proc/{pid}/clear_refs"), "5")
}

/// CPU time of this thread.
pub(crate) fn thread_cpu() -> Duration {
    clock(ClockId::ThreadCPUTime)
}

/// CPU time of this process, all its threads together.
#[cfg(feature = "typst")]
pub(crate) fn process_cpu() -> Duration {
    clock(ClockId::ProcessCPUTime)
}

fn clock(which: ClockId) -> Duration {
    let time = clock_gettime(which);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}
