package wakingtest

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestTheListOfZonesIsWhole compares it with the zones that come with Go.
func TestTheListOfZonesIsWhole(t *testing.T) {
	t.Parallel()
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	var want []string
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/") {
			want = append(want, f.Name)
		}
	}
	slices.Sort(want)
	got := Zones()
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("zones.txt is not what Go has (- missing, + gone):\n%s", diff)
	}
	for _, name := range append(got, Some(1, 3)...) {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
}

// TestTheWall has what everybody can look up in a calendar.
func TestTheWall(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 3, 7, 0, 0, 0, 0, zone)
	o := Everyday(90, 150).Openings(Look(zone, start.UTC(), start.AddDate(0, 0, 5)))
	for _, c := range []struct{ at, want string }{
		{"2026-03-07T01:29:59-05:00", "2026-03-07T01:30:00-05:00"},
		{"2026-03-07T02:29:59-05:00", "2026-03-07T02:29:59-05:00"},
		{"2026-03-07T02:30:00-05:00", "2026-03-08T01:30:00-05:00"},
		{"2026-03-08T01:59:00-05:00", "2026-03-08T01:59:00-05:00"}, // the last minute before the hour that is skipped
		{"2026-03-08T03:00:00-04:00", "2026-03-09T01:30:00-04:00"},
	} {
		at, _ := time.Parse(time.RFC3339, c.at)
		want, _ := time.Parse(time.RFC3339, c.want)
		if got, ok := o.Next(at); !ok || !got.Equal(want) || o.At(at) != at.Equal(want) {
			t.Errorf("%s: %s, %v; want %s", c.at, got, ok, c.want)
		}
	}
	if got, ok := (Week{}).Openings(Look(zone, start, start.AddDate(0, 0, 1))).Next(start); ok {
		t.Errorf("a week that never opens does at %s", got)
	}
}
