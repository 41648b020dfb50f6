//go:build linux

package bench

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"rejoinder/internal/store"
)

// What deliveries are compared with: each is one job of a queue, whose worker posts it. None of our rows is read or
// written, and no pace is kept.

// riverJob is a delivery as a job.
type riverJob struct {
	N int `json:"n"`
}

// Kind is River's name for the job.
func (riverJob) Kind() string { return "deliver" }

// riverWorker posts a job to a Postscript.
type riverWorker struct {
	river.WorkerDefaults[riverJob]
	url    string
	client *http.Client
}

// Work makes one request.
func (w *riverWorker) Work(ctx context.Context, job *river.Job[riverJob]) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, strings.NewReader(string(job.EncodedArgs)))
	if err != nil {
		return err
	}
	req.Header.Set("Idempotency-Key", fmt.Sprintf("job_%d", job.Args.N))
	resp, err := w.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// riverRate works as many jobs as it can in some seconds, on a database of its own, and returns how many a second.
func riverRate(b *testing.B, o store.Options) float64 {
	b.Helper()
	const jobs, atOnce = 40_000, 200
	pool, err := pgxpool.New(b.Context(), o.URL)
	if err != nil {
		b.Fatal(err)
	}
	defer pool.Close()
	driver := riverpgxv5.New(pool)
	silent := slog.New(slog.DiscardHandler)
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: silent})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := m.Migrate(b.Context(), rivermigrate.DirectionUp, nil); err != nil {
		b.Fatal(err)
	}
	to := newVendor(b)
	transport := &http.Transport{MaxIdleConnsPerHost: atOnce}
	defer transport.CloseIdleConnections()
	workers := river.NewWorkers()
	river.AddWorker(workers, &riverWorker{url: to.url, client: &http.Client{Transport: transport, Timeout: 10 * time.Second}})
	c, err := river.NewClient(driver, &river.Config{
		Logger: silent, Workers: workers,
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: atOnce, FetchCooldown: time.Millisecond, FetchPollInterval: 10 * time.Millisecond}},
	})
	if err != nil {
		b.Fatal(err)
	}
	params := make([]river.InsertManyParams, 0, jobs)
	for n := range jobs {
		params = append(params, river.InsertManyParams{Args: riverJob{N: n}})
	}
	if _, err := c.InsertManyFast(b.Context(), params); err != nil {
		b.Fatal(err)
	}
	enough := to.reached(jobs)
	if err := c.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	limit := time.NewTimer(8 * time.Second)
	defer limit.Stop()
	select {
	case <-enough:
	case <-limit.C:
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(b.Context()), 10*time.Second)
	defer cancel()
	if err := c.StopAndCancel(ctx); err != nil {
		b.Fatal(err)
	}
	by, first, last, _ := to.seen()
	done := 0
	for _, at := range by {
		done += len(at)
	}
	return float64(done) / last.Sub(first).Seconds()
}
