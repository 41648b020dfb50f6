//go:build linux

package bench

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// machine is what the figures were measured on.
type machine struct {
	cpu, memory, kernel, disk string
	others                    float64 // share of the processor others had before the run
}

func thisMachine(others float64) machine {
	return machine{
		others: others,
		cpu:    fmt.Sprintf("%s, %d cores", field("/proc/cpuinfo", "model name"), cores()),
		memory: gigabytes(field("/proc/meminfo", "MemTotal")),
		kernel: runtime.GOOS + " " + fileText("/proc/sys/kernel/osrelease") + ", " + runtime.GOARCH,
		disk:   fileSystem(folder()),
	}
}

// busy reports whether others had much of the machine when the run began.
func (m machine) busy() bool { return m.others > 0.1 }

func (m machine) markdown(p func(string, ...any)) {
	p("| | |")
	p("| --- | --- |")
	p("| processor | %s |", m.cpu)
	p("| memory | %s |", m.memory)
	p("| kernel | %s |", m.kernel)
	p("| file system of the data | %s |", m.disk)
	p("| processor in use before the run | %s |", share.format(m.others))
	p("| Go | %s |", runtime.Version())
	p("| SQLite | %s, synchronous=FULL, WAL |", sqlite3.SQLITE_VERSION)
	p("| PostgreSQL | %s |", serverSettings)
}

// field returns the first value of a "name : value" file of /proc.
func field(path, name string) string {
	for line := range strings.Lines(fileText(path)) {
		if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return "unknown"
}

func fileText(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(b))
}

func gigabytes(kb string) string {
	n, err := strconv.ParseFloat(strings.TrimSuffix(kb, " kB"), 64)
	if err != nil {
		return "unknown"
	}
	return strconv.FormatFloat(n/(1<<20), 'f', 1, 64) + " GiB"
}

// inUse watches the machine for a while, in which we do nothing, and returns the share of the processor that
// others used.
func inUse(lasts time.Duration) float64 {
	idleBefore, allBefore := ticks()
	time.Sleep(lasts)
	idle, all := ticks()
	if all == allBefore {
		return 1 // nothing was counted: take the worst
	}
	return 1 - float64(idle-idleBefore)/float64(all-allBefore)
}

// ticks is how long the processor has been idle, or waiting for a disk, and how long it has been there at all.
func ticks() (idle, all int) {
	first, _, _ := strings.Cut(fileText("/proc/stat"), "\n")
	for i, f := range strings.Fields(strings.TrimPrefix(first, "cpu")) {
		n, _ := strconv.Atoi(f) // the kernel writes numbers
		if i < 8 {              // what follows, of guests, is counted among these
			all += n
		}
		if i == 3 || i == 4 {
			idle += n
		}
	}
	return idle, all
}

// folder is where the SQLite files are.
func folder() string {
	if *dataIn != "" {
		return *dataIn
	}
	return os.TempDir()
}

// fileSystem names what a folder is on: a file in memory would flatter every figure.
func fileSystem(dir string) string {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return "unknown"
	}
	switch s.Type {
	case 0xEF53:
		return "ext4"
	case 0x58465342:
		return "xfs"
	case 0x9123683E:
		return "btrfs"
	case 0x794c7630:
		return "overlayfs"
	case 0x01021994:
		return "tmpfs: **memory, not a disk**"
	}
	return fmt.Sprintf("type %#x", s.Type)
}

// rss returns a size of a process from /proc in bytes: VmRSS is now, VmHWM the most it ever was.
func rss(pid int, name string) float64 {
	kb, err := strconv.ParseFloat(strings.TrimSuffix(field(fmt.Sprintf("/proc/%d/status", pid), name), " kB"), 64)
	if err != nil {
		return 0
	}
	return kb * 1024
}
