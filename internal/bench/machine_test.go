//go:build linux

package bench

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	sqlite3 "modernc.org/sqlite/lib"
)

// machine is what the figures were measured on.
type machine struct {
	cpu, memory, kernel, disk, load string
}

func thisMachine(load string) machine {
	return machine{
		cpu:    fmt.Sprintf("%s, %d cores", field("/proc/cpuinfo", "model name"), cores()),
		memory: gigabytes(field("/proc/meminfo", "MemTotal")),
		kernel: runtime.GOOS + " " + fileText("/proc/sys/kernel/osrelease") + ", " + runtime.GOARCH,
		disk:   fileSystem(folder()),
		load:   load,
	}
}

// busy reports whether others had much of the machine when the run began.
func (m machine) busy() bool {
	l, err := strconv.ParseFloat(m.load, 64)
	return err != nil || l > 0.4*float64(cores())
}

func (m machine) markdown(p func(string, ...any)) {
	p("| | |")
	p("| --- | --- |")
	p("| processor | %s |", m.cpu)
	p("| memory | %s |", m.memory)
	p("| kernel | %s |", m.kernel)
	p("| file system of the data | %s |", m.disk)
	p("| load average before the run | %s |", m.load)
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

// load1 is how busy the machine was during the last minute.
func load1() string {
	first, _, _ := strings.Cut(fileText("/proc/loadavg"), " ")
	return first
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
