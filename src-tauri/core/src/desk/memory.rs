//! What the program holds in memory while a record is open (the key, names,
//! notes) is never written to the disk by a crash.

/// From now on a crash of this program writes no core file, and no other
/// program of the same user may look into its memory. The limit on core files
/// also holds for what this program starts, the web view's own processes among
/// them. On systems other than Linux nothing is done: their crash reports are a
/// setting of the computer.
pub fn keep_out_of_core_dumps() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        // Each may be refused by a sandbox around the program; the other still holds.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}
