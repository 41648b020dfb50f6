package app

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestMetrics looks at what a scrape is told after one turn of the loop.
func TestMetrics(t *testing.T) {
	t.Parallel()
	a := demo(t)
	ana := a.customer(t, "Ana")
	start := a.Now()
	a.notice(t, ana)
	a.say(t, ana, "SKIP")
	if last := a.measureAnswers(t.Context(), start); !last.After(start) {
		t.Error("no answered reply was found")
	}
	w := httptest.NewRecorder()
	scrape := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	scrape.RemoteAddr = "127.0.0.1:40000"
	a.handler.ServeHTTP(w, scrape)
	for _, want := range []string{
		`rejoinder_deliveries_total{outcome="sent"}`, `rejoinder_texts_total{outcome="sent"}`,
		`rejoinder_reply_answer_seconds_count 1`, `rejoinder_queue_rows{kind="notice"}`, `rejoinder_queue_due_rows{kind="reply"} 0`,
		`rejoinder_work_total{kind="reply",result="ok"}`, `rejoinder_http_requests_total{status="2xx",surface="hooks"}`,
		`rejoinder_build_info{`, `rejoinder_clock_offset_seconds`, `go_goroutines`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	for _, secret := range []string{string(ana.Phone), ana.ID, SampleShop} {
		if strings.Contains(w.Body.String(), secret) {
			t.Errorf("/metrics shows %s", secret)
		}
	}
}

func TestAPanicIsLoggedWithoutItsValue(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	m := newMetrics("test", nil, time.Now, slog.New(slog.NewTextHandler(&log, nil)))
	in := &inside{}
	in.serve(hostPostscript, m.counted("postscript", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("Hi Ada, your order") })))
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://postscript.internal/", nil)
	resp, err := in.RoundTrip(req)
	if err != nil || resp.StatusCode != http.StatusInternalServerError {
		t.Fatalf("%+v, %v; want 500", resp, err)
	}
	if got := log.String(); !strings.Contains(got, "surface=postscript") || !strings.Contains(got, "upkeep_test.go") || strings.Contains(got, "Ada") {
		t.Errorf("the log says %s", got)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	a := open(t)
	ask := func(path string) int {
		w := httptest.NewRecorder()
		a.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Code
	}
	if got := ask("/healthz"); got != http.StatusOK {
		t.Errorf("/healthz answers %d", got)
	}
	if got := ask("/readyz"); got != http.StatusOK {
		t.Errorf("/readyz answers %d", got)
	}
	if got := ask("/phone"); got != http.StatusSeeOther {
		t.Errorf("/phone answers %d to a stranger", got)
	}
}
