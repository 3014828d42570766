package mockews

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// A client that was told to wait, and comes before the time is over, is noted for it.
func TestBackOffIsSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, err := New(route.Topology{})
		require.NoError(t, err)
		time.Sleep(time.Minute)
		meet := func(backOff time.Duration) {
			x := &exchange{server: s}
			x.hints.Now = time.Now()
			x.sight = audit.Exchange{
				Op: ews.OpGetFolder, Caller: "svc@contoso.com", UserAgent: "archiver/2.1", ContentType: ews.ContentType,
				RequestID: fmt.Sprintf("0b1c2d3e-4f50-4162-8374-%012x", x.hints.Now.Unix()), IDWanted: true,
				Asked: audit.Asked{Version: ews.DefaultVersion},
			}
			busy := ews.NewFault(ews.ErrorServerBusy)
			busy.BackOff = backOff
			x.fault(httptest.NewRecorder(), busy)
		}
		meet(10 * time.Second)
		time.Sleep(9 * time.Second)
		meet(0)
		assert.Equal(t, map[audit.ID]uint64{audit.BackoffIgnored: 1}, s.Verdicts())
		time.Sleep(time.Second)
		meet(0)
		assert.Equal(t, map[audit.ID]uint64{audit.BackoffIgnored: 1}, s.Verdicts(), "this one has waited")
	})
}
