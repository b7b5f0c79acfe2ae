package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// filter is the flags of lists of orders and payments.
type filter struct {
	statuses              []string
	text, from, to, after string
	sort                  string
	page, size            int
	test, live            bool
}

func filterFlags(cmd *cobra.Command) *filter {
	var q filter
	f := cmd.Flags()
	f.StringSliceVar(&q.statuses, "status", nil, "only these `statuses`")
	f.StringVar(&q.text, "query", "", "the beginnings of `words` in number, id, reference, customer, titles")
	f.StringVar(&q.from, "from", "", "created at this `time` or later")
	f.StringVar(&q.to, "to", "", "created before this `time`")
	f.StringVar(&q.sort, "sort", "", "created_at or total; with - in front the largest first")
	f.BoolVar(&q.test, "test", false, "only test orders")
	f.BoolVar(&q.live, "live", false, "only orders that are no test")
	f.StringVar(&q.after, "after", "", "go on from the `next` of a list")
	f.IntVar(&q.page, "page", 0, "the page, counted from 0")
	f.IntVar(&q.size, "size", 10, "how many, at most 1000")
	cmd.MarkFlagsMutuallyExclusive("test", "live")
	cmd.MarkFlagsMutuallyExclusive("after", "page")
	return &q
}

// sorts are the orders in which a list can come.
var sorts = []string{"", "created_at", "-created_at", "total", "-total"}

const maxSize = 1000

// query reads the flags; what is wrong with them is named at once. The statuses are those that there are.
func (q *filter) query(statuses []string) (domain.OrderQuery, error) {
	wrong := problems{}
	if !slices.Contains(sorts, q.sort) {
		wrong.say("sort", "must be one of created_at, -created_at, total, -total")
	}
	wrong.paging(q.page, q.size)
	query := domain.OrderQuery{
		Text: q.text, From: wrong.time("from", q.from), To: wrong.time("to", q.to),
		After: q.after, Page: q.page, Size: q.size, Sort: q.sort,
	}
	for _, s := range q.statuses {
		if s = snake(s); !slices.Contains(statuses, s) {
			wrong.say("status", "must be one of "+strings.Join(statuses, ", "))
		}
		query.Statuses = append(query.Statuses, s)
	}
	if q.test || q.live {
		query.Test = &q.test
	}
	return query, domain.Invalid("the command", wrong)
}

// paging checks which page of a list is wanted.
func (p problems) paging(page, size int) {
	if size < 1 || size > maxSize {
		p.say("size", "must be 1 to 1000")
	}
	if page < 0 {
		p.say("page", "counts from 0")
	}
}

func (p problems) time(name, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := parseTime(text)
	if err != nil {
		p.say(name, err.Error())
	}
	return t
}

// snake writes a status as till does: "In progress" is in_progress.
func snake(status string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(status)))
}

func (a *app) orderList() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "list orders, newest first", Args: takes()}
	q := filterFlags(cmd)
	cmd.RunE = a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
		query, err := q.query(domain.FlatStatuses())
		if err != nil {
			return err
		}
		found, err := t.Store.Orders(ctx, query)
		if err != nil {
			return err
		}
		if !a.json && a.lens == "" {
			return a.say(nil, func(p *page) { showRows(p, found, nil) })
		}
		items := make([]minimumOrder, len(found.Items))
		for i, row := range found.Items {
			o, err := t.Store.Order(ctx, row.ID)
			if err != nil {
				return err
			}
			items[i] = minimum(t, o)
			items[i].Lens = a.lensOf(t, ofOrder(o))
		}
		return a.say(listOf(items, found.Next), func(p *page) { showRows(p, found, items) })
	})
	return a.withLens(cmd)
}

// showRows lists orders, with the words of a lens where there are items that have them.
func showRows(p *page, found domain.OrderPage, items []minimumOrder) {
	rows := make([][]string, len(found.Items))
	for i, r := range found.Items {
		rows[i] = []string{
			orDash(r.Number), r.HumanID, r.Label + marks(r.Attention), r.Currency.Display(r.Total),
			owed(r.Currency, r.Balance), r.Customer, r.Method, when(r.CreatedAt), "",
		}
		if items != nil {
			rows[i][8] = items[i].Lens.listed()
		}
	}
	if len(rows) == 0 {
		p.line("no orders")
	}
	p.table("", "rllrrllll", rows)
	p.more(found.Next)
}

func owed(c domain.Currency, balance domain.Amount) string {
	if balance == 0 {
		return ""
	}
	return c.Display(balance) + " due"
}

// marks are what of an order somebody should look at, behind its status.
func marks(attention []string) string {
	if len(attention) == 0 {
		return ""
	}
	return " (look: " + strings.ReplaceAll(strings.Join(attention, ", "), "_", " ") + ")"
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
