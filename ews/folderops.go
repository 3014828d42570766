package ews

// The operations on folders (MS docs: Folders and items in EWS in Exchange).
const (
	OpFindFolder       Op = "FindFolder"
	OpCreateFolder     Op = "CreateFolder"
	OpUpdateFolder     Op = "UpdateFolder"
	OpDeleteFolder     Op = "DeleteFolder"
	OpMoveFolder       Op = "MoveFolder"
	OpCopyFolder       Op = "CopyFolder"
	OpEmptyFolder      Op = "EmptyFolder"
	OpCreateFolderPath Op = "CreateFolderPath"
)

// FindFolder asks for the folders in folders.
type FindFolder struct {
	Traversal   string          `x:"@Traversal,need"` // Shallow, Deep, SoftDeleted
	Shape       FolderShape     `x:"m:FolderShape,need"`
	Page        *IndexedView    `x:"m:IndexedPageFolderView"`
	Fraction    *FractionalView `x:"m:FractionalPageFolderView"`
	Restriction *Restriction    `x:"m:Restriction"`
	Parents     []FolderID      `x:"m:ParentFolderIds/*,need"`
}

// FolderShape is what an answer shows of folders.
type FolderShape struct {
	Base       Shape  `x:"t:BaseShape,need"`
	Additional []Path `x:"t:AdditionalProperties/*"`
}

// IndexedView is a page that begins so far from the beginning or the end.
type IndexedView struct {
	Max       *int      `x:"@MaxEntriesReturned"` // nil: as many as the server likes
	Offset    int       `x:"@Offset,always"`
	BasePoint BasePoint `x:"@BasePoint,always"`
}

// BasePoint is the end from which a page is counted. Empty stands for
// Beginning.
type BasePoint string

// The ends.
const (
	Beginning BasePoint = "Beginning"
	FromEnd   BasePoint = "End"
)

// Valid reports whether the schema knows the end.
func (b BasePoint) Valid() bool { return b == Beginning || b == FromEnd }

// AppendText appends the end.
func (b BasePoint) AppendText(dst []byte) ([]byte, error) {
	if b == "" {
		b = Beginning
	}
	return append(dst, b...), nil
}

// FractionalView is a page that begins at a part of the whole.
type FractionalView struct {
	Max         *int `x:"@MaxEntriesReturned"`
	Numerator   int  `x:"@Numerator,always"`
	Denominator int  `x:"@Denominator,always"`
}

// Op returns OpFindFolder.
func (f FindFolder) Op() Op { return OpFindFolder }

func (f FindFolder) appendTo(dst []byte) []byte { return appendBound(dst, f, "m:FindFolder") }

// FindFolderMessage is the answer for one folder in which was looked.
type FindFolderMessage struct {
	Message
	Root *FolderPage `x:"m:RootFolder"`
}

// FolderPage is a page of folders.
type FolderPage struct {
	PageInfo
	Folders []Object `x:"t:Folders/*,always"`
}

// PageInfo says where a page is in the whole.
type PageInfo struct {
	Next        *int `x:"@IndexedPagingOffset"`
	Numerator   *int `x:"@NumeratorOffset"`
	Denominator *int `x:"@AbsoluteDenominator"`
	Last        bool `x:"@IncludesLastItemInRange,always"`
	Total       int  `x:"@TotalItemsInView,always"`
}

// FindFolderResponse answers FindFolder.
type FindFolderResponse struct {
	Messages []FindFolderMessage `x:"m:ResponseMessages/m:FindFolderResponseMessage,always"`
}

// Op returns OpFindFolder.
func (f FindFolderResponse) Op() Op { return OpFindFolder }

func (f FindFolderResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, f, "m:FindFolderResponse")
}

// CreateFolder makes folders in one.
type CreateFolder struct {
	Parent  TargetFolder `x:"m:ParentFolderId,need"`
	Folders []Object     `x:"m:Folders/*,need"`
}

// Op returns OpCreateFolder.
func (c CreateFolder) Op() Op { return OpCreateFolder }

func (c CreateFolder) appendTo(dst []byte) []byte { return appendBound(dst, c, "m:CreateFolder") }

// FoldersMessage is the answer for one folder of a request.
type FoldersMessage struct {
	Message
	Folders []Object `x:"m:Folders/*,always"`
}

// CreateFolderResponse answers CreateFolder.
type CreateFolderResponse struct {
	Messages []FoldersMessage `x:"m:ResponseMessages/m:CreateFolderResponseMessage,always"`
}

// Op returns OpCreateFolder.
func (c CreateFolderResponse) Op() Op { return OpCreateFolder }

func (c CreateFolderResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, c, "m:CreateFolderResponse")
}

// UpdateFolder changes folders.
type UpdateFolder struct {
	Changes []FolderUpdates `x:"m:FolderChanges/t:FolderChange,need"`
}

// FolderUpdates is what is to change of one folder.
type FolderUpdates struct {
	ID      FolderID      `x:"*"`
	Updates []FieldUpdate `x:"t:Updates/*,need"`
}

// Op returns OpUpdateFolder.
func (u UpdateFolder) Op() Op { return OpUpdateFolder }

func (u UpdateFolder) appendTo(dst []byte) []byte { return appendBound(dst, u, "m:UpdateFolder") }

// UpdateFolderResponse answers UpdateFolder.
type UpdateFolderResponse struct {
	Messages []FoldersMessage `x:"m:ResponseMessages/m:UpdateFolderResponseMessage,always"`
}

// Op returns OpUpdateFolder.
func (u UpdateFolderResponse) Op() Op { return OpUpdateFolder }

func (u UpdateFolderResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, u, "m:UpdateFolderResponse")
}

// DeleteFolder deletes folders.
type DeleteFolder struct {
	Disposal Disposal   `x:"@DeleteType,need"`
	Folders  []FolderID `x:"m:FolderIds/*,need"`
}

// Op returns OpDeleteFolder.
func (d DeleteFolder) Op() Op { return OpDeleteFolder }

func (d DeleteFolder) appendTo(dst []byte) []byte { return appendBound(dst, d, "m:DeleteFolder") }

// DeleteFolderResponse answers DeleteFolder.
type DeleteFolderResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:DeleteFolderResponseMessage,always"`
}

// Op returns OpDeleteFolder.
func (d DeleteFolderResponse) Op() Op { return OpDeleteFolder }

func (d DeleteFolderResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, d, "m:DeleteFolderResponse")
}

// MoveFolder moves folders into another one.
type MoveFolder struct {
	To      TargetFolder `x:"m:ToFolderId,need"`
	Folders []FolderID   `x:"m:FolderIds/*,need"`
}

// Op returns OpMoveFolder.
func (m MoveFolder) Op() Op { return OpMoveFolder }

func (m MoveFolder) appendTo(dst []byte) []byte { return appendBound(dst, m, "m:MoveFolder") }

// MoveFolderResponse answers MoveFolder.
type MoveFolderResponse struct {
	Messages []FoldersMessage `x:"m:ResponseMessages/m:MoveFolderResponseMessage,always"`
}

// Op returns OpMoveFolder.
func (m MoveFolderResponse) Op() Op { return OpMoveFolder }

func (m MoveFolderResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, m, "m:MoveFolderResponse")
}

// CopyFolder copies folders, with all that is in them, into another one.
type CopyFolder struct {
	To      TargetFolder `x:"m:ToFolderId,need"`
	Folders []FolderID   `x:"m:FolderIds/*,need"`
}

// Op returns OpCopyFolder.
func (c CopyFolder) Op() Op { return OpCopyFolder }

func (c CopyFolder) appendTo(dst []byte) []byte { return appendBound(dst, c, "m:CopyFolder") }

// CopyFolderResponse answers CopyFolder.
type CopyFolderResponse struct {
	Messages []FoldersMessage `x:"m:ResponseMessages/m:CopyFolderResponseMessage,always"`
}

// Op returns OpCopyFolder.
func (c CopyFolderResponse) Op() Op { return OpCopyFolder }

func (c CopyFolderResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, c, "m:CopyFolderResponse")
}

// EmptyFolder deletes what is in folders.
type EmptyFolder struct {
	Disposal   Disposal   `x:"@DeleteType,need"`
	Subfolders bool       `x:"@DeleteSubFolders,always"`
	Folders    []FolderID `x:"m:FolderIds/*,need"`
}

// Op returns OpEmptyFolder.
func (e EmptyFolder) Op() Op { return OpEmptyFolder }

func (e EmptyFolder) appendTo(dst []byte) []byte { return appendBound(dst, e, "m:EmptyFolder") }

// EmptyFolderResponse answers EmptyFolder.
type EmptyFolderResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:EmptyFolderResponseMessage,always"`
}

// Op returns OpEmptyFolder.
func (e EmptyFolderResponse) Op() Op { return OpEmptyFolder }

func (e EmptyFolderResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, e, "m:EmptyFolderResponse")
}

// CreateFolderPath makes a folder in a folder in a folder, as far as they are
// not there.
type CreateFolderPath struct {
	Parent TargetFolder `x:"m:ParentFolderId,need"`
	Path   []Object     `x:"m:RelativeFolderPath/*,need"`
}

// Op returns OpCreateFolderPath.
func (c CreateFolderPath) Op() Op { return OpCreateFolderPath }

func (c CreateFolderPath) appendTo(dst []byte) []byte {
	return appendBound(dst, c, "m:CreateFolderPath")
}

// CreateFolderPathResponse answers CreateFolderPath.
type CreateFolderPathResponse struct {
	Messages []FoldersMessage `x:"m:ResponseMessages/m:CreateFolderPathResponseMessage,always"`
}

// Op returns OpCreateFolderPath.
func (c CreateFolderPathResponse) Op() Op { return OpCreateFolderPath }

func (c CreateFolderPathResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, c, "m:CreateFolderPathResponse")
}
