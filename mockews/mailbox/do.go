package mailbox

import "github.com/ewsbench/ewsbench/ews"

// Do carries a request out. The code is that of the first part that failed. The response is nil for an operation that the
// store does not know.
func (s *Store) Do(c Call, body ews.Body) (ews.Response, ews.Code) {
	j := &job{Store: s, Call: c, first: ews.NoError}
	response := j.do(body)
	if s.Notify != nil {
		for _, owner := range j.woken {
			s.Notify(owner)
		}
	}
	return response, j.first
}

// do asks each family of operations whether the request is one of its own.
func (j *job) do(body ews.Body) ews.Response {
	for _, family := range [...]func(*job, ews.Body) ews.Response{
		(*job).reading, (*job).writing, (*job).folding, (*job).asking, (*job).advising, (*job).conversing, (*job).personas,
	} {
		if r := family(j, body); r != nil {
			return r
		}
	}
	return nil
}

// reading are the operations that look at items and folders.
func (j *job) reading(body ews.Body) ews.Response {
	switch b := body.(type) {
	case ews.GetFolder:
		return j.getFolder(b)
	case ews.GetItem:
		return j.getItem(b)
	case ews.FindItem:
		return j.findItem(b)
	case ews.FindFolder:
		return j.findFolder(b)
	case ews.SyncFolderHierarchy:
		return j.syncFolderHierarchy(b)
	case ews.SyncFolderItems:
		return j.syncFolderItems(b)
	case ews.GetAttachment:
		return j.getAttachment(b)
	}
	return nil
}
