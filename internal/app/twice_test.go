package app

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"rejoinder/internal/config"
	"rejoinder/internal/seal"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/subscription"
)

// TestTwoProcesses starts the real binary twice on one PostgreSQL, lets many customers answer SKIP at once, and kills
// one of the two while it works. Every order is skipped once, every customer gets one confirmation.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes over a minute: what a killed process was sending is taken up after its lease")
	}
	s := config.Default()
	s.DatabaseURL, s.DataDir = pg.URL(t), t.TempDir()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s.Key = key
	// This process only writes: its engine does not run.
	a, err := Open(t.Context(), Options{Settings: s, Version: "test", Log: slog.New(slog.DiscardHandler), Local: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if err := a.MakeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	people := manyCustomers(t, a, 60)

	bin := build(t)
	first, second := serveBinary(t, bin, s), serveBinary(t, bin, s)
	for _, p := range people {
		if err := (handset{a}).Say(t.Context(), SampleOtherShop, p.phone, "SKIP"); err != nil {
			t.Fatal(err)
		}
	}
	wait(t, "the first confirmations", func() bool { return answered(t, a, people) >= 8 })
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	wait(t, "all confirmations", func() bool { return answered(t, a, people) == len(people) })

	for _, p := range people {
		c, err := a.Bridge.Coming(t.Context(), SampleOtherShop, p.id)
		if err != nil {
			t.Fatal(err)
		}
		if want := p.order.AddDays(28); c.Order.Date != want {
			t.Errorf("%s: the next order is on %s, want %s", p.id, c.Order.Date, want)
		}
		if n := len(p.texts(t, a)); n != 2 {
			t.Errorf("%s: there are %d texts on the phone, want SKIP and one confirmation: %q", p.id, n, p.texts(t, a))
		}
	}
	// The one that lives stops in good order.
	if err := second.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := second.Wait(); err != nil {
		t.Errorf("the second process ended with %v\n%s", err, second.Stderr)
	}
}

// sampled is one of many customers.
type sampled struct {
	id, phone string
	order     subscription.Date
}

func (p sampled) texts(t *testing.T, a *App) []string {
	t.Helper()
	thread, err := (handset{a}).Thread(t.Context(), SampleOtherShop, p.phone, 10)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range thread {
		out = append(out, x.Body)
	}
	return out
}

// manyCustomers adds n customers with one subscription each to the connected sample shop.
func manyCustomers(t *testing.T, a *App, n int) []sampled {
	t.Helper()
	shop, err := a.Bridge.Shop(t.Context(), SampleOtherShop)
	if err != nil {
		t.Fatal(err)
	}
	today := subscription.DateOf(a.Now(), shop.Location())
	var customers []sampleCustomer
	for i := range n {
		customers = append(customers, sampleCustomer{
			first: fmt.Sprintf("Sample%d", i), phone: fmt.Sprintf("+1%d55501%02d", []int{305, 313, 404, 503}[i%4], 10+i),
			zone: "America/New_York", state: "NY", subscriber: true,
			subs: []sampleSub{{product: "Clay Bar", price: "7.00", every: "4 weeks", in: 9}},
		})
		if err := a.makeCustomer(t.Context(), shop, customers[i], today); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.makeSubscribers(t.Context(), shop.ID, customers); err != nil {
		t.Fatal(err)
	}
	var out []sampled
	for _, c := range customers {
		list, _, err := a.Bridge.Customers(t.Context(), shop.ID, c.phone, "", 2)
		if err != nil || len(list) != 1 {
			t.Fatalf("%d customers with the number, %v", len(list), err)
		}
		out = append(out, sampled{id: list[0].ID, phone: c.phone, order: today.AddDays(9)})
	}
	return out
}

// answered counts the phones with more than what their owner typed.
func answered(t *testing.T, a *App, people []sampled) int {
	t.Helper()
	n := 0
	for _, p := range people {
		if len(p.texts(t, a)) > 1 {
			n++
		}
	}
	return n
}

func build(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "rejoinder")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", bin, "rejoinder/cmd/rejoinder").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

// serveBinary starts `rejoinder serve` and waits until it is ready.
func serveBinary(t *testing.T, bin string, s config.Settings) *exec.Cmd {
	t.Helper()
	address := freePort(t)
	cmd := exec.Command(bin, "serve", "--listen", address, "--log-level", "warn")
	cmd.Env = append(os.Environ(), "REJOINDER_DATABASE_URL="+s.DatabaseURL, "REJOINDER_KEY="+s.Key, "REJOINDER_DATA_DIR="+t.TempDir())
	log := &bytes.Buffer{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
		if t.Failed() {
			t.Log("a process wrote:\n" + log.String())
		}
	})
	wait(t, "a process to be ready", func() bool {
		resp, err := http.Get("http://" + address + "/readyz") //nolint:noctx // it answers at once or not at all
		if err != nil {
			return false
		}
		_ = resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	return cmd
}

// wait asks until it is so. Another process cannot signal, so this looks again every tenth of a second.
func wait(t *testing.T, what string, so func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Second)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited for %s in vain", what)
		case <-tick.C:
		}
	}
}
